import * as v from 'valibot';

/** Names a list everywhere: 16 random bytes as 22 characters of base64url. Made on the phone, so that a list can begin offline. */
export type ListId = string & v.Brand<'ListId'>;
/** Names an account, guest or not. Given by the api. */
export type UserId = string & v.Brand<'UserId'>;
/** Short name of a person inside a document's stamps: 8 characters of base62. One per account, made on the phone. */
export type MemberId = string & v.Brand<'MemberId'>;
/** Names an invite to its list's owner. The invite's secret is the token, which the api keeps only as a hash. */
export type InviteId = string & v.Brand<'InviteId'>;

/** Names one history of the log: 8 characters of base62. A store that was restored from a backup has another. */
export type LogId = string & v.Brand<'LogId'>;

export const listIdPattern = /^[\w-]{22}$/;
export const memberIdPattern = /^[0-9A-Za-z]{8}$/;
export const userIdPattern = /^[\w-]{1,64}$/;
export const inviteIdPattern = /^[\w-]{16}$/;

export const listIdSchema = v.pipe(v.string(), v.regex(listIdPattern), v.brand('ListId'));
export const memberIdSchema = v.pipe(v.string(), v.regex(memberIdPattern), v.brand('MemberId'));
export const logIdSchema = v.pipe(v.string(), v.regex(memberIdPattern), v.brand('LogId'));
export const userIdSchema = v.pipe(v.string(), v.regex(userIdPattern), v.brand('UserId'));
export const inviteIdSchema = v.pipe(v.string(), v.regex(inviteIdPattern), v.brand('InviteId'));

/** Fills a buffer with random bytes: `crypto.getRandomValues`, or a seeded one in tests. */
export type RandomBytes = (byteLength: number) => Uint8Array;

/** A new list id from 16 random bytes. */
export function createListId(randomBytes: RandomBytes): ListId {
  return v.parse(listIdSchema, toBase64Url(randomBytes(16)));
}

const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A new member id. */
export function createMemberId(randomBytes: RandomBytes): MemberId {
  return v.parse(memberIdSchema, randomBase62(randomBytes));
}

/** A new log id. */
export function createLogId(randomBytes: RandomBytes): LogId {
  return v.parse(logIdSchema, randomBase62(randomBytes));
}

/** 8 base62 characters (47 bits), each from one random byte without modulo bias. */
function randomBase62(randomBytes: RandomBytes): string {
  let id = '';
  while (id.length < 8) {
    for (const byte of randomBytes(16)) {
      if (byte < 248 && id.length < 8) id += base62.charAt(byte % 62);
    }
  }
  return id;
}

/** `Uint8Array.prototype.toBase64` is not on every phone yet; these inputs are a few bytes long. */
function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
