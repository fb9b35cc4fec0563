import { createEncoder, toUint8Array, writeVarUint, writeVarUint8Array } from 'lib0/encoding';
import { ByteReader } from '../guard/byte-reader.ts';

/** Bytes of a message of the y-websocket protocol, by what they are for. */
export interface SyncMessage {
  /**
   * `state`: a state vector, whose owner wants what they lack (sync step 1). `missing`: an update with what the receiver lacked (step 2).
   * `update`: what has just been edited. `awareness`: what somebody is doing. `query-awareness`: asks for the awareness of all; no bytes.
   */
  readonly kind: 'state' | 'missing' | 'update' | 'awareness' | 'query-awareness';
  readonly bytes: Uint8Array;
}

/** The numbers of y-protocols: the type of a message, and of a message about the document what it is. */
const type = { sync: 0, awareness: 1, queryAwareness: 3 };
const syncKinds = ['state', 'missing', 'update'] as const;
const noBytes = new Uint8Array();

/** A message as it came; null when it is none. Nothing is said of what its bytes mean. Shares their memory. */
export function readSyncMessage(frame: Uint8Array): SyncMessage | null {
  const reader = new ByteReader(frame);
  try {
    const message = readMessage(reader);
    return reader.bytesLeft === 0 ? message : null;
  } catch {
    return null;
  }
}

function readMessage(reader: ByteReader): SyncMessage | null {
  switch (reader.uint()) {
    case type.sync: {
      const kind = syncKinds[reader.uint()];
      return kind === undefined ? null : { kind, bytes: reader.bytes() };
    }
    case type.awareness:
      return { kind: 'awareness', bytes: reader.bytes() };
    case type.queryAwareness:
      return { kind: 'query-awareness', bytes: noBytes };
    default:
      return null;
  }
}

/** Asks a client for what its document has beyond this state vector. */
export function encodeStateMessage(stateVector: Uint8Array): Uint8Array {
  return encode([type.sync, syncKinds.indexOf('state')], stateVector);
}

/** Answers a client's `state` with what it lacks. */
export function encodeMissingMessage(update: Uint8Array): Uint8Array {
  return encode([type.sync, syncKinds.indexOf('missing')], update);
}

/** Tells a client of an edit. */
export function encodeUpdateMessage(update: Uint8Array): Uint8Array {
  return encode([type.sync, syncKinds.indexOf('update')], update);
}

/** Tells a client what others are doing. */
export function encodeAwarenessMessage(awareness: Uint8Array): Uint8Array {
  return encode([type.awareness], awareness);
}

function encode(head: readonly number[], bytes: Uint8Array): Uint8Array {
  const encoder = createEncoder();
  for (const part of head) writeVarUint(encoder, part);
  writeVarUint8Array(encoder, bytes);
  return toUint8Array(encoder);
}
