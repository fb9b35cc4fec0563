import { generateKeyBetween } from 'fractional-indexing';

/** Longest key that counts. A thousand insertions at one spot make 169 characters; epochs make keys short again. */
const maxOrderKeyLength = 256;

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

/** A key between two valid ones, `after` being the smaller; null is no bound. Null when the keys there have grown too long. */
export function orderKeyBetween(after: string | null, before: string | null): string | null {
  const key = generateKeyBetween(after, before);
  return key.length <= maxOrderKeyLength ? key : null;
}

/** As many fresh keys, in rising order. */
export function freshOrderKeys(count: number): string[] {
  const keys: string[] = [];
  while (keys.length < count) keys.push(generateKeyBetween(keys.at(-1), null));
  return keys;
}
