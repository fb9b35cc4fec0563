import * as v from 'valibot';
import { epochSchema, listIdSchema, logIdSchema } from '../protocol/index.ts';
import { unstoredKey, type Notes } from './keep-unstored.ts';
import type { Storage } from './storage.ts';

const byte = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(255));
const rowsSchema = v.array(
  v.object({
    list: listIdSchema,
    epoch: epochSchema,
    update: v.pipe(
      v.array(byte),
      v.transform((bytes) => Uint8Array.from(bytes)),
    ),
    heardIn: v.exactOptional(logIdSchema),
  }),
);

/**
 * Puts what `keepUnstored` has written down into the outbox, but for what has come there in spite of all, and for lists that are no longer on this
 * phone. What cannot be read is nobody's edit. Rejects when the phone refuses: then all of it waits for the next start.
 */
export async function takeUnstored(storage: Storage, notes: Notes): Promise<void> {
  const written = notes.getItem(unstoredKey) ?? '';
  const known = new Set((await storage.lists()).map(({ list }) => list));
  for (const { list, ...edit } of written.split('\n').flatMap(readRows)) {
    if (!known.has(list)) continue;
    const waiting = await storage.outbox(list, Number.POSITIVE_INFINITY);
    const isThere = waiting.some(({ epoch, update }) => epoch === edit.epoch && isSame(update, edit.update));
    if (!isThere) await storage.putOutbox(list, edit);
  }
  forget(notes, written);
}

/** What a tab has written down since stays, and another tab may have been here first. */
function forget(notes: Notes, written: string): void {
  const now = notes.getItem(unstoredKey) ?? '';
  if (now === written) notes.removeItem(unstoredKey);
  else if (now.startsWith(written)) notes.setItem(unstoredKey, now.slice(written.length));
}

function readRows(line: string): v.InferOutput<typeof rowsSchema> {
  try {
    return v.parse(rowsSchema, JSON.parse(line));
  } catch {
    return [];
  }
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
