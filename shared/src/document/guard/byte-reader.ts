import {
  createDecoder,
  readFloat32,
  readFloat64,
  readUint8,
  readVarInt,
  readVarUint,
  type Decoder,
} from 'lib0/decoding';
import { GuardRejection, type GuardReason } from './guard-reason.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads lib0's encoding without trusting it: a declared length is compared with the bytes that are left before anything is
 * allocated. Whatever lib0 itself throws (a number out of range, the end of the bytes) is a `malformed`.
 */
export class ByteReader {
  readonly #decoder: Decoder;

  constructor(bytes: Uint8Array) {
    this.#decoder = createDecoder(bytes);
  }

  get bytesLeft(): number {
    return this.#decoder.arr.length - this.#decoder.pos;
  }

  byte(): number {
    return readUint8(this.#decoder);
  }

  uint(): number {
    return readVarUint(this.#decoder);
  }

  int(): number {
    return readVarInt(this.#decoder);
  }

  float32(): number {
    return readFloat32(this.#decoder);
  }

  float64(): number {
    return readFloat64(this.#decoder);
  }

  /** A declared number of things that take at least `minBytesEach` bytes each. */
  count(minBytesEach: number): number {
    const count = this.uint();
    if (count * minBytesEach > this.bytesLeft) throw new GuardRejection('malformed');
    return count;
  }

  /** UTF-8 text of at most `maxBytes` bytes; longer text is rejected with `reason`. */
  text(maxBytes: number, reason: GuardReason = 'bad-value'): string {
    const { start, end } = this.#nextText(maxBytes, reason);
    const { arr } = this.#decoder;
    return isAscii(arr, start, end) ? asciiText(arr, start, end) : utf8.decode(arr.subarray(start, end));
  }

  /** Reads past such text, making sure that it is text. */
  skipText(maxBytes: number): void {
    const { start, end } = this.#nextText(maxBytes, 'bad-value');
    const { arr } = this.#decoder;
    if (!isAscii(arr, start, end)) utf8.decode(arr.subarray(start, end));
  }

  /** Bytes with their length before them. Shares the memory. */
  bytes(): Uint8Array {
    const { start, end } = this.#next(this.count(1));
    return this.#decoder.arr.subarray(start, end);
  }

  #nextText(maxBytes: number, reason: GuardReason): { start: number; end: number } {
    const length = this.count(1);
    if (length > maxBytes) throw new GuardRejection(reason);
    return this.#next(length);
  }

  #next(length: number): { start: number; end: number } {
    const start = this.#decoder.pos;
    this.#decoder.pos += length;
    return { start, end: this.#decoder.pos };
  }
}

/** Nearly all text here is; for short text a call of the decoder, or a view of the bytes, costs more than this. */
function isAscii(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if ((bytes[at] ?? 0) >= 0x80) return false;
  return true;
}

function asciiText(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at += 1) text += String.fromCharCode(bytes[at] ?? 0);
  return text;
}
