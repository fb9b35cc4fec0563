import { generateKeyBetween } from 'fractional-indexing';

/** Longest key that counts. A thousand insertions at one spot make 169 characters; epochs make keys short again. */
export const maxOrderKeyLength = 256;

const orderKeyAlphabet = /^[0-9A-Za-z]+$/;

/** Whether a value from a document is a fractional index that new keys can be made from. Anything else counts as absent. */
export function isOrderKey(value: unknown): value is string {
  if (typeof value !== 'string' || value.length > maxOrderKeyLength || !orderKeyAlphabet.test(value)) return false;
  try {
    generateKeyBetween(value, null);
    return true;
  } catch {
    return false;
  }
}

/**
 * A key between two, which must be valid; null means no bound. Where the keys around a spot have grown too long to fit another one
 * in, the answer is `after` itself: equal keys sort by id, so the item lands beside its neighbour instead of being lost.
 */
export function orderKeyBetween(after: string | null, before: string | null): string {
  const key = generateKeyBetween(after, before);
  return key.length <= maxOrderKeyLength ? key : (after ?? before ?? key);
}
