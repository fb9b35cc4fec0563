/** What RFC 6455 calls the kinds of frames that come up here. */
export const opcode = { text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** A message or control frame of a server. */
export interface Frame {
  readonly opcode: number;
  readonly payload: Buffer;
}

const isFinal = 0x80;
const isMasked = 0x80;
const opcodeBits = 0x0f;
const lengthBits = 0x7f;
const length16 = 126;
const length64 = 127;

/** A client's frame. The mask, which a client must send, is zero: it changes nothing, so that the load costs as little as may be. */
export function encodeFrame(kind: number, payload: Uint8Array): Buffer {
  const { length } = payload;
  const isShort = length < length16;
  const headerLength = isShort ? 6 : 8;
  if (length > 0xffff) throw new RangeError('no message of the load is as long as that');
  const frame = Buffer.alloc(headerLength + length);
  frame[0] = isFinal | kind;
  frame[1] = isMasked | (isShort ? length : length16);
  if (!isShort) frame.writeUInt16BE(length, 2);
  frame.set(payload, headerLength);
  return frame;
}

/** Cuts what comes in over TCP into the frames of a server. */
export class FrameReader {
  #rest: Buffer = Buffer.alloc(0);

  /** The frames that are complete with this chunk. They share its memory. Throws on a message in several frames, which no server here sends. */
  read(chunk: Buffer): Frame[] {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const frames: Frame[] = [];
    let start = 0;
    for (;;) {
      const payloadStart = start + headerLength(bytes, start);
      const end = payloadStart + payloadLength(bytes, start);
      // NaN, where the header itself is not complete, is no end either.
      if (!(end <= bytes.length)) break;
      const first = bytes[start] ?? 0;
      if ((first & isFinal) === 0) throw new Error('a message came in several frames');
      frames.push({ opcode: first & opcodeBits, payload: bytes.subarray(payloadStart, end) });
      start = end;
    }
    this.#rest = bytes.subarray(start);
    return frames;
  }
}

function headerLength(bytes: Buffer, start: number): number {
  switch ((bytes[start + 1] ?? 0) & lengthBits) {
    case length16:
      return 4;
    case length64:
      return 10;
    default:
      return 2;
  }
}

function payloadLength(bytes: Buffer, start: number): number {
  const short = bytes[start + 1];
  if (short === undefined) return Number.NaN;
  const length = short & lengthBits;
  if (length < length16) return length;
  if (bytes.length < start + headerLength(bytes, start)) return Number.NaN;
  return length === length16 ? bytes.readUInt16BE(start + 2) : Number(bytes.readBigUInt64BE(start + 2));
}
