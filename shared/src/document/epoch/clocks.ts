import { createEncoder, toUint8Array, writeVarUint } from 'lib0/encoding';
import { ByteReader } from '../guard/byte-reader.ts';
import { outlineUpdate } from '../guard/inspect-update.ts';

/** How many writes of each client: what Yjs calls a state vector. */
export type Clocks = ReadonlyMap<number, number>;

/** Up to where an update has written, by client: of a whole document, its state vector. Empty for an update that only deletes, or that no guard passes. */
export function clocksIn(update: Uint8Array): Clocks {
  const outlined = outlineUpdate(update, update.length);
  const blocks = outlined.ok ? outlined.outline.blocks : [];
  return new Map(blocks.map(({ client, end }) => [client, end]));
}

/** Whether somebody has all of these writes. */
export function covers(clocks: Clocks, wanted: Clocks): boolean {
  return [...wanted].every(([client, clock]) => clock <= (clocks.get(client) ?? 0));
}

/** The larger clock of each client. */
export function joinClocks(a: Clocks, b: Clocks): Clocks {
  const joined = new Map(a);
  for (const [client, clock] of b) joined.set(client, Math.max(clock, joined.get(client) ?? 0));
  return joined;
}

/**
 * Clocks as a value of a document: base64 of varints, a pair a client, each client as its distance from the one before. Seven characters a client,
 * where the state vector of Yjs would take nine.
 */
export function encodeClocks(clocks: Clocks): string {
  const encoder = createEncoder();
  let previous = 0;
  for (const [client, clock] of [...clocks].sort(([a], [b]) => a - b)) {
    writeVarUint(encoder, client - previous);
    writeVarUint(encoder, clock);
    previous = client;
  }
  return btoa(String.fromCharCode(...toUint8Array(encoder)));
}

/** The clocks of a value; none where it is something else. */
export function decodeClocks(value: unknown): Clocks {
  if (typeof value !== 'string') return new Map();
  try {
    return readPairs(new ByteReader(Uint8Array.from(atob(value), (character) => character.charCodeAt(0))));
  } catch {
    return new Map();
  }
}

function readPairs(reader: ByteReader): Clocks {
  const clocks = new Map<number, number>();
  for (let client = 0; reader.bytesLeft > 0;) {
    client += reader.uint();
    clocks.set(client, reader.uint());
  }
  return clocks;
}
