import { describe, expect, it } from 'vitest';
import {
  accessMessageSchema,
  headMessageSchema,
  helloMessageSchema,
  leaveMessageSchema,
  presenceMessageSchema,
  pullRequestSchema,
  pullResultSchema,
  pushRequestSchema,
  pushResultSchema,
  rosterMessageSchema,
  updateMessageSchema,
} from '../protocol/index.ts';
import { testList as list } from '../testing/family-updates.ts';
import { answerFromWire, answerToWire, fieldOrder, fromWire, toWire, type WireName } from './messages-on-wire.ts';
import { PacketEncoder } from './packet.ts';

const schemas: Record<WireName, { entries: object }> = {
  hello: helloMessageSchema,
  pull: pullRequestSchema,
  pulled: pullResultSchema,
  push: pushRequestSchema,
  pushed: pushResultSchema,
  update: updateMessageSchema,
  head: headMessageSchema,
  presence: presenceMessageSchema,
  roster: rosterMessageSchema,
  access: accessMessageSchema,
  leave: leaveMessageSchema,
};

describe('messages on the wire', () => {
  it('P11 have each field of their schema, once', () => {
    for (const [name, { entries }] of Object.entries(schemas)) {
      const fields = Object.entries(fieldOrder).find(([other]) => other === name)?.[1] ?? [];
      expect([...fields].sort(), name).toEqual(Object.keys(entries).sort());
    }
  });

  it('P11 come back as they were', () => {
    const pull = { list, epoch: 2, cursor: 17 };
    expect(fromWire('pull', toWire('pull', pull))).toEqual(pull);
    expect(fromWire('pull', toWire('pull', { ...pull, clientId: 9 }))).toEqual({ ...pull, clientId: 9 });
    expect(fromWire('update', toWire('update', { list, epoch: 0, seq: null, update: 1 }))).toMatchObject({ seq: null });
    const ok = { ok: true, value: { epoch: 0, seq: 3 } } as const;
    expect(answerFromWire('pushed', answerToWire('pushed', ok))).toEqual(ok);
    const refusal = { ok: false, error: { code: 'busy', message: 'Later.' } } as const;
    expect(answerFromWire('pushed', answerToWire('pushed', refusal))).toEqual(refusal);
  });

  it.each([[null], [undefined], ['list'], [7], [{ list }]])('P11 %j is no message', (raw) => {
    expect(fromWire('pull', raw)).toBeNull();
  });

  it('P11 a field of a prototype is none of a message', () => {
    expect(Object.keys(fromWire('leave', [list, 'more']) ?? {})).toEqual(['list']);
  });

  it('P2 a pull costs 64 bytes both ways when there is nothing new', () => {
    const bytes = (type: number, data: unknown[]) =>
      new PacketEncoder().encode({ type, nsp: '/', data, id: 100 }).reduce((sum, chunk) => sum + chunk.byteLength, 0);
    const request = toWire('pull', { list, epoch: 20, cursor: 60_000, clientId: 0xffff_ffff });
    const answer = toWire('pulled', { role: 'editor', epoch: 20, head: 60_000, updates: [] });
    expect(bytes(2, ['pull', request]) + bytes(3, [answer])).toBeLessThanOrEqual(64);
  });
});
