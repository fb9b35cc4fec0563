import { digest } from 'lib0/hash/sha256';
import type { Brand } from 'valibot';
import { normaliseName } from '../text/tidy-text.ts';

/** Names an item, which is a product that comes back: 8 characters of base62, made from its normalised name. */
export type ItemId = string & Brand<'ItemId'>;

const itemIdPattern = /^[0-9A-Za-z]{8}$/;
const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

export function isItemId(value: unknown): value is ItemId {
  return typeof value === 'string' && itemIdPattern.test(value);
}

/**
 * The id under which a name is first looked for (47 bits of SHA-256), so that two phones that both add milk offline make one milk.
 * `probe` counts the ids already tried: an id can be taken by a product that was renamed, or by a colliding name.
 */
export function itemIdOf(name: string, probe = 0): ItemId {
  const id = hashedId(probe === 0 ? normaliseName(name) : `${normaliseName(name)}#${probe}`);
  if (!isItemId(id)) throw new RangeError('no item id');
  return id;
}

/** Eight characters of base62 that stand for a text: 47 bits of its SHA-256. */
export function hashedId(text: string): string {
  const hashed = digest(new TextEncoder().encode(text));
  let rest = new DataView(hashed.buffer, hashed.byteOffset, 8).getBigUint64(0);
  let id = '';
  for (let i = 0; i < 8; i++, rest /= 62n) id += base62.charAt(Number(rest % 62n));
  return id;
}
