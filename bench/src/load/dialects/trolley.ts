import { Decoder, Encoder, toWire, type Packet } from '@trolley/shared/wire';
import type { ClientSocket } from '../client-socket.ts';
import { opcode, type Frame } from '../frames.ts';
import { clientIdOf, type Seat } from '../seat.ts';
import type { Dialect } from './dialect.ts';

/** Packets of Socket.IO, and of Engine.IO beneath it. */
const packet = { connect: 0, event: 2, answer: 3, refusal: 4 } as const;
const ping = '2'.charCodeAt(0);
const pong = Buffer.from('3');
const open = '0'.charCodeAt(0);
const pullNumber = 0;
/** The first bytes of an answer, `[3, [answer], number]`, and the kind of msgpack value that says no. */
const answerHead = Buffer.of(0x93, packet.answer, 0x91);
const arrayBits = 0xf0;
const array = 0x90;

/** Our own protocol: Socket.IO on a WebSocket, packets as `shared/src/wire` has them. */
export const trolley: Dialect = {
  handshake: ({ port, token }) => ({
    port,
    path: '/socket.io/?EIO=4&transport=websocket',
    headers: token === null ? [] : [`Authorization: Bearer ${token}`],
  }),
  // The server speaks first.
  begin: () => false,
  greet(socket, seat, frame) {
    if (frame.opcode === opcode.text) {
      if (frame.payload[0] === open) socket.send(encode({ type: packet.connect }));
      else answerPing(socket, frame);
      return false;
    }
    const { type, data, id } = decode(frame.payload);
    if (type === packet.refusal) throw new Error(`refused: ${JSON.stringify(data)}`);
    if (type === packet.event && Array.isArray(data) && data[0] === 'hello') socket.send(pull(seat));
    if (type !== packet.answer || id !== pullNumber) return false;
    if (Array.isArray(data) && Array.isArray(data[0])) return true;
    throw new Error(`the list could not be opened: ${JSON.stringify(data)}`);
  },
  encodeEdit({ list }, update, number) {
    const body = toWire('push', { list, epoch: 0, update: Buffer.from(update) });
    return encode({ type: packet.event, data: ['push', body], id: number });
  },
  judge(socket, frame) {
    if (frame.opcode === opcode.text) {
      answerPing(socket, frame);
      return 'other';
    }
    const { payload } = frame;
    if (!payload.subarray(0, answerHead.length).equals(answerHead)) return 'other';
    return ((payload[answerHead.length] ?? 0) & arrayBits) === array ? 'stored' : 'refused';
  },
};

function pull({ list, member }: Seat): Uint8Array {
  const body = toWire('pull', { list, epoch: 0, cursor: 0, clientId: clientIdOf(member) });
  return encode({ type: packet.event, data: ['pull', body], id: pullNumber });
}

function answerPing(socket: ClientSocket, { payload }: Frame): void {
  if (payload[0] === ping) socket.send(pong, opcode.text);
}

function encode(parts: Omit<Packet, 'nsp'>): Uint8Array {
  const chunks = new Encoder().encode({ nsp: '/', ...parts });
  return Buffer.concat(chunks.map((chunk) => Buffer.from(new Uint8Array(chunk))));
}

function decode(bytes: Buffer): Packet {
  const decoder = new Decoder();
  const decoded: Packet[] = [];
  decoder.on('decoded', (one) => {
    decoded.push(one);
  });
  decoder.add(bytes);
  const [only] = decoded;
  if (only === undefined) throw new Error('no packet');
  return only;
}
