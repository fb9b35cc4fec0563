import type { PullRequest, PullResult, PushRequest, PushResult } from '@trolley/shared/protocol';
import { Encoder, toWire } from '@trolley/shared/wire';

/** Types and number of Socket.IO's packets, somewhere in the life of a connection. */
const eventType = 2;
const answerType = 3;
const packetId = 1_000;

/** Bytes of a pull and its answer as Socket.IO sends them, without the 2 to 14 that WebSocket puts before each packet. */
export function pullBytes(request: PullRequest, result: PullResult): number {
  const asked = toWire('pull', { ...request, clientId: 0xffff_ffff });
  const answered = toWire('pulled', { ...result, updates: result.updates.map(asBuffer) });
  return packetBytes(eventType, ['pull', asked]) + packetBytes(answerType, [answered]);
}

/** Bytes of a push and its answer. */
export function pushBytes(request: PushRequest, result: PushResult): number {
  const asked = toWire('push', { ...request, update: asBuffer(request.update) });
  return packetBytes(eventType, ['push', asked]) + packetBytes(answerType, [toWire('pushed', result)]);
}

function packetBytes(type: number, data: unknown[]): number {
  const chunks = new Encoder().encode({ type, nsp: '/', data, id: packetId });
  return chunks.reduce((sum, { byteLength }) => sum + byteLength, 0);
}

/** Node's msgpack writes a `Buffer` as bytes. */
function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
