import { Emitter } from '@socket.io/component-emitter';
import { decode, encode } from 'notepack.io';

/** A packet of Socket.IO: 0 connects, 1 disconnects, 2 is an event, 3 an answer, 4 refuses a connection. There is one namespace, `/`. */
export interface Packet {
  readonly type: number;
  readonly nsp: string;
  readonly data?: unknown;
  readonly id?: number;
}

/**
 * Packets as msgpack arrays, `[type, data, id]`: a third of what the same packets have as maps with their keys. With `PacketDecoder` this is
 * what Socket.IO calls a parser; both ends of a connection have the same.
 */
export class PacketEncoder {
  /** On Node a `Buffer`, in a browser an `ArrayBuffer`; bytes in `data` have to be the same. */
  encode({ type, data, id }: Packet): (Uint8Array | ArrayBuffer)[] {
    if (id !== undefined) return [toBytes([type, data, id])];
    return [toBytes(data === undefined ? [type] : [type, data])];
  }
}

function toBytes(value: unknown): Uint8Array | ArrayBuffer {
  const bytes: unknown = encode(value);
  if (bytes instanceof Uint8Array || bytes instanceof ArrayBuffer) return bytes;
  throw new TypeError('msgpack gave no bytes');
}

interface DecoderEvents {
  decoded: (packet: Packet) => void;
}

/** Emits `decoded` with each packet; throws on bytes that are none, which ends the connection. */
export class PacketDecoder extends Emitter<DecoderEvents, DecoderEvents> {
  add(chunk: unknown): void {
    this.emit('decoded', toPacket(decode(chunk)));
  }

  /** Socket.IO calls it when the connection ends; a packet is never in parts, so there is nothing to drop. */
  destroy(): void {
    this.off();
  }
}

function toPacket(value: unknown): Packet {
  if (!Array.isArray(value)) throw new Error('no packet');
  const parts: unknown[] = value;
  const [type, data, id] = parts;
  if (typeof type !== 'number' || !isFitting(type, data)) throw new Error('no known packet');
  if (id !== undefined && !Number.isSafeInteger(id)) throw new Error('no packet number');
  return { type, nsp: '/', data, ...(typeof id === 'number' ? { id } : {}) };
}

function isFitting(type: number, data: unknown): boolean {
  switch (type) {
    case 0:
      return data === undefined || isRecord(data);
    case 1:
      return data === undefined;
    case 2:
    case 3:
      return Array.isArray(data);
    case 4:
      return isRecord(data);
    default:
      return false;
  }
}

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
