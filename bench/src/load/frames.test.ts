import { describe, expect, it } from 'vitest';
import { encodeFrame, FrameReader, opcode } from './frames.ts';

/** A server's frame, which has no mask. */
function serverFrame(payload: Buffer): Buffer {
  const { length } = payload;
  if (length < 126) return Buffer.concat([Buffer.of(0x82, length), payload]);
  const header = Buffer.alloc(length <= 0xffff ? 4 : 10);
  header[0] = 0x82;
  if (length <= 0xffff) {
    header[1] = 126;
    header.writeUInt16BE(length, 2);
  } else {
    header[1] = 127;
    header.writeBigUInt64BE(BigInt(length), 2);
  }
  return Buffer.concat([header, payload]);
}

const payloads = [0, 1, 125, 126, 300, 70_000].map((length) => Buffer.alloc(length, length % 251));

describe('frames of WebSockets', () => {
  it.each([5, 7, 1_000, 1_000_000])('are read from chunks of %i bytes', (chunkLength) => {
    const stream = Buffer.concat(payloads.map(serverFrame));
    const reader = new FrameReader();
    const frames = [];
    for (let start = 0; start < stream.length; start += chunkLength) {
      frames.push(...reader.read(stream.subarray(start, start + chunkLength)));
    }
    expect(frames.map(({ payload }) => payload.length)).toEqual(payloads.map(({ length }) => length));
    expect(frames.every(({ payload }, index) => payload.equals(payloads[index] ?? Buffer.of(1)))).toBe(true);
    expect(frames.every((frame) => frame.opcode === opcode.binary)).toBe(true);
  });

  it('are not read when a message is in parts', () => {
    expect(() => new FrameReader().read(Buffer.of(0x02, 1, 7))).toThrow('several frames');
  });

  it.each([5, 126, 60_000])('carry %i bytes of a client behind a mask of zeros', (length) => {
    const payload = Buffer.alloc(length, 9);
    const frame = encodeFrame(opcode.binary, payload);
    const headerLength = length < 126 ? 2 : 4;
    expect(frame[0]).toBe(0x82);
    expect((frame[1] ?? 0) & 0x80).toBe(0x80);
    expect(frame.subarray(headerLength, headerLength + 4)).toEqual(Buffer.alloc(4));
    expect(frame.subarray(headerLength + 4)).toEqual(payload);
  });
});
