import { createHash } from 'node:crypto';
import type { ListId, RandomBytes } from '@trolley/shared/protocol';
import { listIdSchema } from '../http/fields.ts';

/** What an invite's link carries: the list, so that every look-up is by list, and 16 random bytes that only the link knows. */
export interface InviteToken {
  list: ListId;
  secret: string;
}

const listIdLength = 22;
const tokenPattern = /^[\w-]{44}$/;

/** A new token for a list. */
export function createInviteToken(list: ListId, randomBytes: RandomBytes): InviteToken {
  return { list, secret: Buffer.from(randomBytes(16)).toString('base64url') };
}

/** The token as it stands in a link: two times 22 characters of base64url. */
export function formatInviteToken({ list, secret }: InviteToken): string {
  return list + secret;
}

/** The token of a link, or null for what can't be one. */
export function parseInviteToken(text: string): InviteToken | null {
  if (!tokenPattern.test(text)) return null;
  return { list: listIdSchema.parse(text.slice(0, listIdLength)), secret: text.slice(listIdLength) };
}

/** What the store keeps of a secret. It has 128 random bits, so one plain hash is enough. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
