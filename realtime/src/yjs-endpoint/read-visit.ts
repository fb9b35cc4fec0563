import type { IncomingMessage } from 'node:http';
import { listIdSchema, TrolleyError, type ListId } from '@trolley/shared/protocol';
import { safeParse } from 'valibot';
import { isSameOrigin } from '../node/is-same-origin.ts';

/** Which list somebody wants, and the headers that say who they are. */
export interface Visit {
  readonly list: ListId;
  readonly headers: Record<string, string>;
}

/** What a header may hold. */
const tokenPattern = /^[\x21-\x7e]{1,4096}$/;

/**
 * Reads `/yjs/:listId?token=…`. A token in the address, which is all that a Yjs client outside browsers can easily send, counts more than a
 * header or a cookie.
 *
 * @throws TrolleyError what is wrong with it.
 */
export function readVisit({ headers, url = '' }: IncomingMessage, publicUrl: string | null): Visit {
  const { authorization, cookie, host, origin } = headers;
  if (!isSameOrigin(origin, host, publicUrl)) throw new TrolleyError('forbidden', 'A page of another origin.');
  const [path = '', query] = url.split('?', 2);
  const list = safeParse(listIdSchema, path.slice('/yjs/'.length));
  if (!list.success) throw new TrolleyError('bad-request', 'No id of a list.');
  const token = new URLSearchParams(query).get('token');
  if (token === null) {
    const known = { ...(authorization && { authorization }), ...(cookie && { cookie }) };
    return { list: list.output, headers: known };
  }
  if (!tokenPattern.test(token)) throw new TrolleyError('unauthenticated', 'No token.');
  return { list: list.output, headers: { authorization: `Bearer ${token}` } };
}
