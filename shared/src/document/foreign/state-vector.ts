import { ByteReader } from '../guard/byte-reader.ts';

/** How many writes of each client somebody has; null when the bytes are no state vector. */
export function readStateVector(bytes: Uint8Array): ReadonlyMap<number, number> | null {
  const reader = new ByteReader(bytes);
  try {
    const clocks = new Map(
      Array.from({ length: reader.count(2) }, (): [number, number] => [reader.uint(), reader.uint()]),
    );
    return reader.bytesLeft === 0 ? clocks : null;
  } catch {
    return null;
  }
}
