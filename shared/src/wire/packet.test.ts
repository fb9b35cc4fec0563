import { encode } from 'notepack.io';
import { describe, expect, it } from 'vitest';
import { PacketDecoder, PacketEncoder, type Packet } from './packet.ts';

/** What a decoder makes of bytes; throws as it does. */
function read(chunk: unknown): Packet[] {
  const decoder = new PacketDecoder();
  const packets: Packet[] = [];
  decoder.on('decoded', (packet) => packets.push(packet));
  decoder.add(chunk);
  return packets;
}

const toBuffer = (value: unknown) => Buffer.from(new Uint8Array(encode(value)));

describe('packets', () => {
  it.each<[string, Packet]>([
    ['a connection', { type: 0, nsp: '/', data: undefined }],
    ['a connection with a session', { type: 0, nsp: '/', data: { sid: 'a' } }],
    ['an end', { type: 1, nsp: '/', data: undefined }],
    ['an event', { type: 2, nsp: '/', data: ['pull', [1, 2]] }],
    ['an event that wants an answer', { type: 2, nsp: '/', data: ['pull', []], id: 0 }],
    ['an answer', { type: 3, nsp: '/', data: [[1]], id: 70_000 }],
    ['a refusal', { type: 4, nsp: '/', data: { message: 'busy' } }],
  ])('P11 %s comes back as it was', (_what, packet) => {
    const packets = new PacketEncoder().encode(packet).flatMap((chunk) => read(Buffer.from(new Uint8Array(chunk))));
    expect(packets).toEqual([packet]);
  });

  it.each<[string, unknown]>([
    ['text', '2["pull"]'],
    ['nothing', Buffer.alloc(0)],
    ['a map', toBuffer({ type: 2, data: [] })],
    ['an unknown type', toBuffer([5, []])],
    ['an event without a name', toBuffer([2])],
    ['an event in a map', toBuffer([2, { 0: 'pull' }])],
    ['an answer in text', toBuffer([3, 'yes', 1])],
    ['a number that is none', toBuffer([3, [], 'one'])],
    ['a refusal without a reason', toBuffer([4])],
    ['more behind its end', Buffer.concat([toBuffer([1]), toBuffer([1])])],
  ])('P11 %s is no packet', (_what, chunk) => {
    expect(() => read(chunk)).toThrow();
  });
});
