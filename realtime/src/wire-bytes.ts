import type { Answer, PullResult, ServerMessage } from '@trolley/shared/protocol';

/**
 * Bytes as Socket.IO's msgpack must be given them. On Node it writes a `Buffer` as bytes, but of any other view the whole memory behind it, which
 * may hold what belongs to somebody else. Shares the memory, copies nothing.
 */
function toBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

/** An event as it may be emitted. */
export function messageOnWire({ event, message }: ServerMessage): object {
  switch (event) {
    case 'update':
      return { ...message, update: toBuffer(message.update) };
    case 'presence':
      return { ...message, awareness: toBuffer(message.awareness) };
    case 'hello':
    case 'head':
    case 'roster':
    case 'access':
      return message;
  }
}

/** The answer to a pull as it may be sent. */
export function pullAnswerOnWire(answer: Answer<PullResult>): object {
  if (!answer.ok) return answer;
  return { ok: true, value: { ...answer.value, updates: answer.value.updates.map(toBuffer) } };
}
