import { TrolleyError } from '../protocol/index.ts';
import { hopLimits } from './hop-limits.ts';

/** What is said in JSON, and bytes that it speaks of. */
export interface Frame {
  header: unknown;
  blob: Uint8Array;
}

const prefixBytes = 4;
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

/** One frame: the header's length (u32, big-endian), the header as JSON, then all bytes without anything between them. */
export function encodeFrame(header: unknown, bytes: readonly Uint8Array[] = []): Uint8Array<ArrayBuffer> {
  const json = encoder.encode(JSON.stringify(header));
  const blobBytes = bytes.reduce((sum, { byteLength }) => sum + byteLength, 0);
  const frame = new Uint8Array(prefixBytes + json.byteLength + blobBytes);
  new DataView(frame.buffer).setUint32(0, json.byteLength);
  frame.set(json, prefixBytes);
  let start = prefixBytes + json.byteLength;
  for (const part of bytes) {
    frame.set(part, start);
    start += part.byteLength;
  }
  return frame;
}

/** Takes a frame apart; the blob shares its memory. Throws `bad-request` for bytes that are none. */
export function decodeFrame(frame: Uint8Array): Frame {
  if (frame.byteLength < prefixBytes) throw misfit('A frame begins with the length of its header.');
  const headerBytes = new DataView(frame.buffer, frame.byteOffset).getUint32(0);
  const start = prefixBytes + headerBytes;
  if (headerBytes > hopLimits.maxHeaderBytes || start > frame.byteLength) throw misfit('The header does not fit.');
  try {
    const header: unknown = JSON.parse(decoder.decode(frame.subarray(prefixBytes, start)));
    return { header, blob: frame.subarray(start) };
  } catch (error) {
    throw misfit('The header is no JSON.', error);
  }
}

/** Cuts a blob into parts that share its memory. Throws `bad-request` unless the lengths say exactly where it ends. */
export function cutBlob(blob: Uint8Array, byteLengths: readonly number[]): Uint8Array[] {
  let start = 0;
  const parts = byteLengths.map((byteLength) => {
    const part = blob.subarray(start, start + byteLength);
    start += byteLength;
    return part;
  });
  if (start !== blob.byteLength) throw misfit('The lengths do not add up to the blob.');
  return parts;
}

/** What does not fit. What was received stays out: it can be long, and it can be a secret. */
export function misfit(message: string, cause?: unknown): TrolleyError {
  return new TrolleyError('bad-request', message, { cause });
}
