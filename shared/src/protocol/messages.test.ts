import { parse, safeParse } from 'valibot';
import { describe, expect, it } from 'vitest';
import { createListId } from './ids.ts';
import { limits } from './limits.ts';
import {
  answerSchema,
  presenceMessageSchema,
  pullRequestSchema,
  pullResultSchema,
  pushRequestSchema,
  pushResultSchema,
  rosterMessageSchema,
  updateMessageSchema,
} from './messages.ts';

const list = createListId((byteLength) => new Uint8Array(byteLength));
const place = { list, epoch: 0 };
const parseUpdate = (update: unknown) => safeParse(pushRequestSchema, { ...place, update });

describe('bytes on the wire', () => {
  it.each([
    ['Uint8Array', Uint8Array.of(1, 2, 3)],
    ['ArrayBuffer', Uint8Array.of(1, 2, 3).buffer],
    ['Buffer', Buffer.from([1, 2, 3])],
    ['a view into a larger buffer', Uint8Array.of(9, 1, 2, 3, 9).subarray(1, 4)],
    ['a Buffer out of the pool', Buffer.concat([Buffer.from([9, 1, 2, 3])]).subarray(1)],
  ])('P11 takes %s as bytes', (_form, sent) => {
    const { update } = parse(pushRequestSchema, { ...place, update: sent });
    expect(update).toBeInstanceOf(Uint8Array);
    expect([...update]).toEqual([1, 2, 3]);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['text', 'AQID'],
    ['an array of numbers', [1, 2, 3]],
    ['what JSON makes of a Buffer', { type: 'Buffer', data: [1, 2, 3] }],
    ['an object that looks like bytes', { length: 3, byteLength: 3, 0: 1, 1: 2, 2: 3 }],
    ['another view', new DataView(new ArrayBuffer(3))],
    ['wider numbers', Uint16Array.of(1, 2, 3)],
    ['shared memory', new SharedArrayBuffer(3)],
  ])('P11 does not take %s for bytes', (_form, update) => {
    expect(parseUpdate(update).success).toBe(false);
  });

  it('P12 counts bytes, in each form', () => {
    const most = new Uint8Array(limits.maxSnapshotBytes);
    const tooMany = new Uint8Array(limits.maxSnapshotBytes + 1);
    expect([most, most.buffer, Buffer.from(most)].map((update) => parseUpdate(update).success)).toEqual([
      true,
      true,
      true,
    ]);
    expect([tooMany, tooMany.buffer, Buffer.from(tooMany)].map((update) => parseUpdate(update).success)).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('P12 bounds each message that carries bytes', () => {
    const presence = (byteLength: number) =>
      safeParse(presenceMessageSchema, { list, awareness: new Uint8Array(byteLength) }).success;
    expect([presence(limits.maxPresenceBytes), presence(limits.maxPresenceBytes + 1)]).toEqual([true, false]);
    const update = (byteLength: number) =>
      safeParse(updateMessageSchema, { ...place, seq: 1, update: new Uint8Array(byteLength) }).success;
    expect([update(limits.maxSnapshotBytes), update(limits.maxSnapshotBytes + 1)]).toEqual([true, false]);
    const pulled = (byteLength: number) =>
      safeParse(pullResultSchema, { role: 'viewer', epoch: 0, head: 1, updates: [new Uint8Array(byteLength)] }).success;
    expect([pulled(limits.maxSnapshotBytes), pulled(limits.maxSnapshotBytes + 1)]).toEqual([true, false]);
  });
});

describe('messages', () => {
  it.each([
    ['a negative cursor', { ...place, cursor: -1 }],
    ['a broken number', { ...place, cursor: 1.5 }],
    ['no number', { ...place, cursor: Number.NaN }],
    ['a number beyond what can be counted', { ...place, cursor: 2 ** 53 }],
    ['an infinite number', { ...place, cursor: Number.POSITIVE_INFINITY }],
    ['a list in place of an object', [list, 0, 0]],
    ['fields in the prototype of text', 'list'],
    ['a number in text', { ...place, cursor: '1' }],
    ['a negative epoch', { list, epoch: -1, cursor: 0 }],
    ['a list id of another length', { list: list.slice(1), epoch: 0, cursor: 0 }],
    ['a list id with a path in it', { list: '../../../../etc/passwd', epoch: 0, cursor: 0 }],
    ['a client id above 32 bits', { ...place, cursor: 0, clientId: 2 ** 32 }],
    ['a negative client id', { ...place, cursor: 0, clientId: -1 }],
    ['nothing at all', undefined],
  ])('P11 a pull with %s does not fit', (_what, request) => {
    expect(safeParse(pullRequestSchema, request).success).toBe(false);
  });

  it('P11 drops fields that it does not know', () => {
    const parsed = parse(pullRequestSchema, { ...place, cursor: 0, userId: 'somebody else' });
    expect(parsed).toEqual({ ...place, cursor: 0 });
  });

  it('P3 a pull may name its client id, up to 32 bits', () => {
    expect(parse(pullRequestSchema, { ...place, cursor: 0, clientId: 0xffff_ffff }).clientId).toBe(0xffff_ffff);
    expect(parse(pullRequestSchema, { ...place, cursor: 0 })).not.toHaveProperty('clientId');
  });

  it('P6 only an update may come without a number', () => {
    const update = Uint8Array.of(0, 0);
    expect(safeParse(updateMessageSchema, { ...place, seq: null, update }).success).toBe(true);
    expect(safeParse(updateMessageSchema, { ...place, update }).success).toBe(false);
    expect(safeParse(pushResultSchema, { epoch: 0, seq: null }).success).toBe(false);
  });

  it('P17 a roster carries names and colours within their bounds only', () => {
    const roster = (fields: object) =>
      safeParse(rosterMessageSchema, {
        list,
        present: [{ memberId: 'annaanna', name: 'Anna', color: 0, clientId: 1, ...fields }],
      }).success;
    expect([roster({}), roster({ color: 15 }), roster({ name: '' })]).toEqual([true, true, true]);
    expect([roster({ color: 16 }), roster({ name: 'x'.repeat(41) }), roster({ memberId: '../..' })]).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('P11 an answer is either a value or an error with a code of the table', () => {
    const schema = answerSchema(pushResultSchema);
    const value = { epoch: 0, seq: 1 };
    expect(safeParse(schema, { ok: true, value }).success).toBe(true);
    expect(safeParse(schema, { ok: false, error: { code: 'busy', message: '', retryAfterMs: 5 } }).success).toBe(true);
    expect(safeParse(schema, { ok: false, error: { code: 'no such code', message: '' } }).success).toBe(false);
    expect(safeParse(schema, { ok: false, value }).success).toBe(false);
    expect(safeParse(schema, { ok: 'yes', value }).success).toBe(false);
  });
});
