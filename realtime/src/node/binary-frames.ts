const binaryOpcode = 0x82;
/** Above it the length stands in the next two bytes, above the second in the next eight (RFC 6455, 5.2). */
const maxShortLength = 125;
const maxMediumLength = 0xffff;
const mediumLengthMark = 126;
const longLengthMark = 127;

/** Binary messages as WebSocket frames of a server: whole, and not masked. The frame of a message that goes to many in turn is made once. */
export class BinaryFrames {
  #message: Buffer | null = null;
  #frame: Buffer | null = null;

  frame(message: Buffer): Buffer {
    if (this.#frame === null || this.#message !== message) {
      this.#frame = Buffer.concat([header(message.byteLength), message]);
      this.#message = message;
    }
    return this.#frame;
  }
}

function header(byteLength: number): Buffer {
  if (byteLength <= maxShortLength) return Buffer.of(binaryOpcode, byteLength);
  if (byteLength <= maxMediumLength) {
    const bytes = Buffer.of(binaryOpcode, mediumLengthMark, 0, 0);
    bytes.writeUInt16BE(byteLength, 2);
    return bytes;
  }
  const bytes = Buffer.alloc(10);
  bytes.set([binaryOpcode, longLengthMark]);
  bytes.writeBigUInt64BE(BigInt(byteLength), 2);
  return bytes;
}
