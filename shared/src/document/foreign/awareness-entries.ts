import { createEncoder, toUint8Array, writeVarString, writeVarUint } from 'lib0/encoding';
import { ByteReader } from '../guard/byte-reader.ts';

/** What one client says of itself. */
export interface AwarenessEntry {
  readonly clientId: number;
  /** How many times it has spoken: of two entries the one with the higher number is the newer. */
  readonly clock: number;
  /** Null: it has left. */
  readonly state: object | null;
}

/** The entries of an awareness message (y-protocols), of whatever size; null when it is none. */
export function readAwareness(bytes: Uint8Array): AwarenessEntry[] | null {
  const reader = new ByteReader(bytes);
  try {
    const entries = Array.from({ length: reader.count(3) }, () => readEntry(reader));
    return reader.bytesLeft === 0 ? entries : null;
  } catch {
    return null;
  }
}

function readEntry(reader: ByteReader): AwarenessEntry {
  const [clientId, clock] = [reader.uint(), reader.uint()];
  const state: unknown = JSON.parse(reader.text(reader.bytesLeft));
  if (typeof state !== 'object') throw new TypeError('An awareness state is an object or null.');
  return { clientId, clock, state };
}

/** The message that says these. */
export function encodeAwareness(entries: readonly AwarenessEntry[]): Uint8Array {
  const encoder = createEncoder();
  writeVarUint(encoder, entries.length);
  for (const { clientId, clock, state } of entries) {
    writeVarUint(encoder, clientId);
    writeVarUint(encoder, clock);
    writeVarString(encoder, JSON.stringify(state));
  }
  return toUint8Array(encoder);
}
