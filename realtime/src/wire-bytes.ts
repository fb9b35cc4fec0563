import type { Answer, PullResult, PushResult, ServerMessage, WireError } from '@trolley/shared/protocol';
import { answerToWire, toWire } from '@trolley/shared/wire';

/**
 * Bytes as Node's msgpack must be given them: it writes a `Buffer` as bytes, but of any other view the whole memory behind it, which may hold
 * what belongs to somebody else. Shares the memory, copies nothing.
 */
function toBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

/** An event as it may be emitted. */
export function messageOnWire({ event, message }: ServerMessage): unknown[] {
  switch (event) {
    case 'update':
      return toWire(event, { ...message, update: toBuffer(message.update) });
    case 'presence':
      return toWire(event, { ...message, awareness: toBuffer(message.awareness) });
    case 'hello':
    case 'head':
    case 'roster':
    case 'access':
      return toWire(event, message);
  }
}

/** The answer to a pull as it may be sent. */
export function pullAnswerOnWire(answer: Answer<PullResult>): unknown[] | WireError {
  if (!answer.ok) return answer.error;
  return toWire('pulled', { ...answer.value, updates: answer.value.updates.map(toBuffer) });
}

/** The answer to a push as it may be sent. */
export function pushAnswerOnWire(answer: Answer<PushResult>): unknown[] | WireError {
  return answerToWire('pushed', answer);
}
