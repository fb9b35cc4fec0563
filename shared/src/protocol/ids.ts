import type { $brand } from 'zod/v4/core';
import { z } from 'zod/mini';

/** Names a list everywhere: 16 random bytes as 22 characters of base64url. Made on the phone, so that a list can begin offline. */
export type ListId = string & $brand<'ListId'>;
/** Names an account, guest or not. Given by the api. */
export type UserId = string & $brand<'UserId'>;
/** Short name of a person inside a document's stamps: 8 characters of base62. One per account, made on the phone. */
export type MemberId = string & $brand<'MemberId'>;
/** Names an invite to its list's owner. The invite's secret is the token, which the api keeps only as a hash. */
export type InviteId = string & $brand<'InviteId'>;

export const listIdPattern = /^[\w-]{22}$/;
export const memberIdPattern = /^[0-9A-Za-z]{8}$/;

export const listIdSchema = z.string().check(z.regex(listIdPattern)).brand<'ListId'>();
export const memberIdSchema = z.string().check(z.regex(memberIdPattern)).brand<'MemberId'>();
export const userIdSchema = z.string().check(z.minLength(1), z.maxLength(64)).brand<'UserId'>();

/** Fills a buffer with random bytes: `crypto.getRandomValues`, or a seeded one in tests. */
export type RandomBytes = (byteLength: number) => Uint8Array;

/** A new list id from 16 random bytes. */
export function createListId(randomBytes: RandomBytes): ListId {
  return listIdSchema.parse(toBase64Url(randomBytes(16)));
}

const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A new member id: 8 base62 characters (47 bits), each from one random byte without modulo bias. */
export function createMemberId(randomBytes: RandomBytes): MemberId {
  let id = '';
  while (id.length < 8) {
    for (const byte of randomBytes(16)) {
      if (byte < 248 && id.length < 8) id += base62.charAt(byte % 62);
    }
  }
  return memberIdSchema.parse(id);
}

/** `Uint8Array.prototype.toBase64` is not on every phone yet; these inputs are a few bytes long. */
function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
