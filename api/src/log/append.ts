import {
  mayEdit,
  type Append,
  type AppendOutcome,
  type ListId,
  type Role,
  type WireError,
} from '@trolley/shared/protocol';
import type { TransactionSql } from 'postgres';
import type { Database } from '../store/database.ts';
import { screenAppend } from './screen-append.ts';

/** How much log a list has behind its last snapshot. */
export interface Tail {
  list: ListId;
  updates: number;
  bytes: number;
}

/** What became of a numbered append, by the database. A null role: no such list, or no member of it. */
interface Verdict {
  ordinal: number;
  role: Role | null;
  epoch: number | null;
  seq: number | null;
  tail_updates: number | null;
  tail_bytes: number | null;
}

interface Screened {
  append: Append;
  refusal: WireError | null;
}

/**
 * Commits a batch of updates in one transaction and answers each. One that is refused (by the guard, by its author's role, for its epoch)
 * takes no number and holds up no other. Also tells how long the tails have grown, for the snapshots.
 */
export async function appendBatch(
  database: Database,
  appends: readonly Append[],
  now: Date,
): Promise<{ outcomes: AppendOutcome[]; tails: Tail[] }> {
  const screened = appends.map((append) => ({ append, refusal: screenAppend(append) }));
  const passed = screened.filter(({ refusal }) => refusal === null).map(({ append }) => append);
  const verdicts = passed.length === 0 ? [] : await database.transaction((sql) => writeBatch(sql, passed, now));
  return { outcomes: answer(screened, verdicts), tails: readTails(passed, verdicts) };
}

/**
 * Two statements in one flight. The first takes the row locks of all lists, in one order for everybody; the second, which sees what was
 * committed until then, reads the roles, numbers what may pass and inserts it. So a role that was taken away before the lock is seen as gone, and a
 * number is never given twice or skipped.
 *
 * The bytes travel as one blob that SQL cuts up: the driver has no `bytea[]` (stack-spikes and sync-peers research).
 */
async function writeBatch(sql: TransactionSql, appends: readonly Append[], now: Date): Promise<Verdict[]> {
  const batch = toColumns(appends);
  const [, verdicts] = await Promise.all([
    sql`select from lists where list_id = any(${batch.lists}::text[]) order by list_id for update`,
    sql<Verdict[]>`
      with pushed as (
        select p.*, m.role, l.epoch as list_epoch, l.head
        from unnest(
          ${batch.lists}::text[], ${batch.users}::text[], ${batch.epochs}::integer[],
          ${batch.starts}::integer[], ${batch.lengths}::integer[]
        ) with ordinality as p (list_id, user_id, epoch, start, length, ordinal)
        left join members m on m.list_id = p.list_id and m.user_id = p.user_id
        left join lists l on l.list_id = m.list_id
      ), accepted as (
        select *, head + (row_number() over (partition by list_id order by ordinal))::integer as seq
        from pushed
        where role in ('owner', 'editor') and epoch = list_epoch
      ), inserted as (
        insert into updates (list_id, seq, epoch, user_id, bytes, created_at)
        select list_id, seq, epoch, user_id, substr(${batch.blob}::bytea, start, length), ${now}::timestamptz from accepted
      ), moved as (
        update lists
        set head = added.head, tail_bytes = lists.tail_bytes + added.bytes
        from (select list_id, max(seq) as head, sum(length) as bytes from accepted group by list_id) as added
        where lists.list_id = added.list_id
        returning lists.list_id, lists.head - lists.snapshot_seq as tail_updates, lists.tail_bytes
      )
      select pushed.ordinal::integer, pushed.role, pushed.list_epoch as epoch, accepted.seq,
        moved.tail_updates, moved.tail_bytes::float8 as tail_bytes
      from pushed
      left join accepted using (ordinal)
      left join moved on moved.list_id = accepted.list_id
      order by pushed.ordinal`,
  ]);
  return verdicts;
}

function toColumns(appends: readonly Append[]) {
  let start = 1;
  return {
    lists: appends.map(({ list }) => list),
    users: appends.map(({ userId }) => userId),
    epochs: appends.map(({ epoch }) => epoch),
    starts: appends.map(({ update }) => {
      const here = start;
      start += update.byteLength;
      return here;
    }),
    lengths: appends.map(({ update }) => update.byteLength),
    blob: Buffer.concat(appends.map(({ update }) => update)),
  };
}

/** Puts the verdicts, which are about those that passed the screening, back in the order of the appends. */
function answer(screened: readonly Screened[], verdicts: readonly Verdict[]): AppendOutcome[] {
  const next = verdicts.values();
  return screened.map(({ append, refusal }): AppendOutcome => {
    if (refusal !== null) return { ok: false, error: refusal };
    const verdict = next.next().value;
    if (verdict === undefined) throw new Error('The database answered fewer appends than it was given.');
    return judge(append, verdict);
  });
}

function judge(append: Append, { role, epoch, seq }: Verdict): AppendOutcome {
  if (epoch !== null && seq !== null) return { ok: true, value: { epoch, seq } };
  return { ok: false, error: refuse(append, role, epoch) };
}

function refuse(append: Append, role: Role | null, epoch: number | null): WireError {
  if (role === null || epoch === null) return { code: 'not-found', message: 'There is no such list.' };
  if (!mayEdit(role)) return { code: 'forbidden', message: 'A viewer may not change the list.' };
  return append.epoch > epoch
    ? { code: 'epoch-ahead', message: `The list is in epoch ${epoch}.` }
    : { code: 'bad-request', message: `Epoch ${append.epoch} of the list is sealed; it is in epoch ${epoch}.` };
}

function readTails(appends: readonly Append[], verdicts: readonly Verdict[]): Tail[] {
  const tails = new Map<ListId, Tail>();
  for (const { ordinal, tail_updates: updates, tail_bytes: bytes } of verdicts) {
    const list = appends[ordinal - 1]?.list;
    if (list !== undefined && updates !== null && bytes !== null) tails.set(list, { list, updates, bytes });
  }
  return [...tails.values()];
}
