import type { RandomBytes } from '../protocol/index.ts';

/** A client id for a document that is about to be opened: 32 random bits, as Yjs draws them itself. Never used for a second document. */
export function drawClientId(randomBytes: RandomBytes): number {
  return randomBytes(4).reduce((id, byte) => id * 256 + byte, 0);
}
