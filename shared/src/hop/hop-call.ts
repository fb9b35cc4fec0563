import { safeParse, type GenericSchema } from 'valibot';
import { wireErrorSchema, type WireError } from '../protocol/index.ts';
import { decodeFrame, encodeFrame, misfit, type Frame } from './frame.ts';

/** One direction of a call. What it decodes is checked to the last field; it throws `bad-request` for anything else. */
export interface Codec<T> {
  encode(value: T): Uint8Array<ArrayBuffer>;
  decode(frame: Uint8Array): T;
}

/** A call that a relay makes of an api, both ways. */
export interface HopCall<Request, Answer> {
  request: Codec<Request>;
  answer: Codec<Answer>;
}

/** A codec of what has bytes: `toFrame` says what goes into header and blob, `fromFrame` puts it together again. */
export function codecOf<T, Header>(parts: {
  header: GenericSchema<unknown, Header>;
  toFrame: (value: T) => { header: unknown; bytes: readonly Uint8Array[] };
  fromFrame: (header: Header, blob: Uint8Array) => T;
}): Codec<T> {
  return {
    encode(value) {
      const { header, bytes } = parts.toFrame(value);
      return encodeFrame(header, bytes);
    },
    decode(frame) {
      const { header, blob } = decodeFrame(frame);
      return parts.fromFrame(parseHeader(parts.header, header), blob);
    },
  };
}

/** A codec of what is plain JSON. */
export function jsonCodec<T>(schema: GenericSchema<unknown, T>): Codec<T> {
  return codecOf<T, T>({
    header: schema,
    toFrame: (value) => ({ header: value, bytes: [] }),
    fromFrame(header, blob) {
      if (blob.byteLength > 0) throw misfit('There are bytes that nothing speaks of.');
      return header;
    },
  });
}

/** The answer to a call that was refused. */
export function encodeRefusal(error: WireError): Uint8Array<ArrayBuffer> {
  return encodeFrame(error);
}

/** What a refusal says; null for bytes that are none. */
export function decodeRefusal(frame: Uint8Array): WireError | null {
  try {
    return parseHeader(wireErrorSchema, decodeFrame(frame).header);
  } catch {
    return null;
  }
}

function parseHeader<T>(schema: GenericSchema<unknown, T>, header: Frame['header']): T {
  const parsed = safeParse(schema, header);
  if (!parsed.success) throw misfit('The header does not fit the call.');
  return parsed.output;
}
