import { limits } from '../../protocol/index.ts';
import { ByteReader } from '../guard/byte-reader.ts';

const maxClientId = 0xffff_ffff;
/** A client counts its messages; one a second would take a lifetime to get here. */
const maxClock = 2 ** 31;

/**
 * The client ids that an awareness message (y-protocols) speaks for, or null when it is malformed or too large. A server compares
 * them with the client that sent it, so that nobody speaks for somebody else.
 */
export function inspectPresence(bytes: Uint8Array): number[] | null {
  if (bytes.length > limits.maxPresenceBytes) return null;
  try {
    return readClientIds(new ByteReader(bytes));
  } catch {
    return null;
  }
}

function readClientIds(reader: ByteReader): number[] | null {
  const clientIds: number[] = [];
  for (let left = reader.count(3); left > 0; left--) {
    const clientId = reader.uint();
    const clock = reader.uint();
    const state: unknown = JSON.parse(reader.text(limits.maxPresenceBytes));
    if (clientId > maxClientId || clock > maxClock || clientIds.includes(clientId) || !isState(state)) return null;
    clientIds.push(clientId);
  }
  return reader.bytesLeft === 0 ? clientIds : null;
}

/** Null means that the client has left. */
function isState(value: unknown): boolean {
  return typeof value === 'object' && !Array.isArray(value);
}
