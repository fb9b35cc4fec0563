import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toJsonSchema } from '@valibot/to-json-schema';
import { safeParse, type GenericSchema } from 'valibot';
import { describe, expect, it } from 'vitest';
import { rootNames } from '../document/model/root-names.ts';
import { errorTable, wireErrorSchema } from './errors.ts';
import { fieldOrder } from '../wire/index.ts';
import { createListId } from './ids.ts';
import { limits } from './limits.ts';
import * as messages from './messages.ts';
import { protocolVersion } from './protocol-version.ts';

const { answerSchema, presenceMessageSchema, pullResultSchema, pushRequestSchema, pushResultSchema } = messages;
const list = createListId((byteLength) => new Uint8Array(byteLength));

/** Everything that shapes the wire, as text: the roots too, because a guard refuses those that it does not know. */
function describeWire(): string {
  const schemas: [string, unknown][] = [
    ...Object.entries(messages),
    ['wireErrorSchema', wireErrorSchema],
    ['pullAnswer', answerSchema(pullResultSchema)],
    ['pushAnswer', answerSchema(pushResultSchema)],
  ];
  const described = schemas.flatMap(([name, schema]) =>
    isSchema(schema) ? [[name, toJsonSchema(schema, { errorMode: 'ignore' })]] : [],
  );
  return JSON.stringify([Object.fromEntries(described), byteBounds(), limits, errorTable, fieldOrder, rootNames]);
}

function isSchema(value: unknown): value is GenericSchema {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'schema';
}

/** A JSON schema does not say how many bytes a field may have. */
function byteBounds(): boolean[] {
  const push = (byteLength: number) => ({ list, epoch: 0, update: new Uint8Array(byteLength) });
  const presence = (byteLength: number) => ({ list, awareness: new Uint8Array(byteLength) });
  return [limits.maxUpdateBytes, limits.maxSnapshotBytes, limits.maxPresenceBytes].flatMap((bound) => [
    safeParse(pushRequestSchema, push(bound)).success,
    safeParse(pushRequestSchema, push(bound + 1)).success,
    safeParse(presenceMessageSchema, presence(bound)).success,
    safeParse(presenceMessageSchema, presence(bound + 1)).success,
  ]);
}

describe('the version of the protocol', () => {
  it('P18 changes when what is on the wire changes', () => {
    const fingerprint = createHash('sha256').update(describeWire()).digest('hex').slice(0, 16);
    // Whoever changes the wire gives it the next version, writes that into PROTOCOL.md, and puts the new pair here.
    expect({ protocolVersion, fingerprint }).toEqual({ protocolVersion: 5, fingerprint: '9a2729d1cd2ac640' });
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
