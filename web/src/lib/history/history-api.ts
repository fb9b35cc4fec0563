import * as v from 'valibot';
import { memberIdSchema, type ListId } from '@trolley/shared/protocol';
import { callApi } from '#lib/account/api-client.ts';

const timeSchema = v.pipe(
  v.string(),
  v.transform((text) => Date.parse(text)),
  v.finite(),
);

const momentsSchema = v.object({
  moments: v.array(v.object({ at: timeSchema, edits: v.number(), by: v.array(memberIdSchema) })),
  next: v.nullable(timeSchema),
});
const pastSchema = v.object({ epoch: v.number(), update: v.string() });

/** A minute in which a list was edited. `at` is its end, in milliseconds since 1970: a list at that time has all that was done in it. */
export type Moment = Moments['moments'][number];

/** The latest first. `next` is the `beforeMs` of the page after this one; null when history begins here. */
export type Moments = v.InferOutput<typeof momentsSchema>;

/** A whole document of the past, as one update. */
export interface PastDocument {
  readonly epoch: number;
  readonly update: Uint8Array;
}

/** When a list was edited and by whom; for its members. */
export function listMoments(list: ListId, beforeMs: number): Promise<Moments> {
  return callApi(momentsSchema, `/lists/${list}/history?before=${toTime(beforeMs)}`);
}

/** The list as it was; for its members. Rejects with `not-found` where nothing is known of that time. */
export async function pastDocument(list: ListId, atMs: number): Promise<PastDocument> {
  const { epoch, update } = await callApi(pastSchema, `/lists/${list}/history/document?at=${toTime(atMs)}`);
  return { epoch, update: Uint8Array.from(atob(update), (char) => char.charCodeAt(0)) };
}

function toTime(ms: number): string {
  return encodeURIComponent(new Date(ms).toISOString());
}
