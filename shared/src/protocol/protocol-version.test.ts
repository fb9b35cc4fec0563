import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod/mini';
import { errorTable, wireErrorSchema } from './errors.ts';
import { createListId } from './ids.ts';
import { limits } from './limits.ts';
import * as messages from './messages.ts';
import { protocolVersion } from './protocol-version.ts';

const { answerSchema, presenceMessageSchema, pullResultSchema, pushRequestSchema, pushResultSchema } = messages;
const list = createListId((byteLength) => new Uint8Array(byteLength));

/** Everything that shapes the wire, as text. */
function describeWire(): string {
  const schemas: [string, unknown][] = [
    ...Object.entries(messages),
    ['wireErrorSchema', wireErrorSchema],
    ['pullAnswer', answerSchema(pullResultSchema)],
    ['pushAnswer', answerSchema(pushResultSchema)],
  ];
  const described = schemas.flatMap(([name, schema]) =>
    schema instanceof z.ZodMiniType ? [[name, z.toJSONSchema(schema, { unrepresentable: 'any' })]] : [],
  );
  return JSON.stringify([Object.fromEntries(described), byteBounds(), limits, errorTable]);
}

/** A JSON schema does not say how many bytes a field may have. */
function byteBounds(): boolean[] {
  const push = (byteLength: number) => ({ list, epoch: 0, update: new Uint8Array(byteLength) });
  const presence = (byteLength: number) => ({ list, awareness: new Uint8Array(byteLength) });
  return [limits.maxUpdateBytes, limits.maxSnapshotBytes, limits.maxPresenceBytes].flatMap((bound) => [
    pushRequestSchema.safeParse(push(bound)).success,
    pushRequestSchema.safeParse(push(bound + 1)).success,
    presenceMessageSchema.safeParse(presence(bound)).success,
    presenceMessageSchema.safeParse(presence(bound + 1)).success,
  ]);
}

describe('the version of the protocol', () => {
  it('P18 changes when what is on the wire changes', () => {
    const fingerprint = createHash('sha256').update(describeWire()).digest('hex').slice(0, 16);
    // Whoever changes the wire gives it the next version, writes that into PROTOCOL.md, and puts the new pair here.
    expect({ protocolVersion, fingerprint }).toEqual({ protocolVersion: 1, fingerprint: 'ea7d76f22177c3ee' });
  });

  it('P18 sees each message in the fingerprint', () => {
    const wire = describeWire();
    const named = Object.keys(messages).filter((name) => name.endsWith('Schema') && name !== 'answerSchema');
    expect(named.length).toBeGreaterThan(12);
    expect(named.filter((name) => !wire.includes(`"${name}":{`))).toEqual([]);
    expect(wire).toContain('"retryAfterMs"');
  });

  it('P18 is the one that the page of the protocol and its history speak of', () => {
    const page = readFileSync(join(import.meta.dirname, '../../PROTOCOL.md'), 'utf8');
    expect(page).toContain(`Version ${String(protocolVersion)}.`);
    const history = [...page.matchAll(/^- (\d+) \(/gm)].map(([, version]) => Number(version));
    expect(Math.max(...history)).toBe(protocolVersion);
  });
});
