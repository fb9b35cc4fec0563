import type { ListId, UserId } from '@trolley/shared/protocol';
import type { Database } from '../store/database.ts';

/** Something that a person has said of a list of theirs, and when. */
interface Said<T> {
  readonly value: T;
  readonly at: string;
}

/** What changes about where a member keeps a list. */
export interface PlaceChange {
  readonly list: ListId;
  readonly place?: Said<string | null> | undefined;
  readonly archived?: Said<boolean> | undefined;
}

/**
 * Takes note of where an account keeps its lists, all or nothing. What was said later stays, whichever phone comes first; nothing can be said in
 * the future. Lists that the account is no member of are passed over.
 */
export async function placeLists(
  database: Database,
  userId: UserId,
  changes: readonly PlaceChange[],
  now: Date,
): Promise<void> {
  const said = (at: string) => new Date(Math.min(Date.parse(at), now.getTime()));
  await database.transaction(async (sql) => {
    // In one order, so that two phones of the same person never wait for each other.
    for (const { list, place, archived } of changes.toSorted((a, b) => (a.list < b.list ? -1 : 1))) {
      if (place !== undefined) {
        await sql`
          update members set place = ${place.value}, place_at = ${said(place.at)}
          where list_id = ${list} and user_id = ${userId} and (place_at is null or place_at < ${said(place.at)})`;
      }
      if (archived !== undefined) {
        await sql`
          update members set is_archived = ${archived.value}, archived_at = ${said(archived.at)}
          where list_id = ${list} and user_id = ${userId} and (archived_at is null or archived_at < ${said(archived.at)})`;
      }
    }
  });
}
