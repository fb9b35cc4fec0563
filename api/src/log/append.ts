import {
  mayEdit,
  type Append,
  type AppendOutcome,
  type ListId,
  type Role,
  type WireError,
} from '@trolley/shared/protocol';
import type { Sql } from 'postgres';
import { refuseAppend } from './refuse-append.ts';
import { screenAppend } from './screen-append.ts';

/** How much log a list has behind its last snapshot. */
export interface Tail {
  list: ListId;
  updates: number;
  bytes: number;
}

/** What became of an append, by the database. A null role: no such list, or no member of it. */
interface Verdict {
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

/** What appending a batch came to. */
export interface AppendedBatch {
  /** In the order of the appends. */
  outcomes: AppendOutcome[];
  tails: Tail[];
  /** Those that are not for this: their list is in another epoch, or they are of a lost log. Their positions in the batch. */
  late: number[];
}

/** Bytes that go to the database at once. A batch of taps has a hundredth of it; whole documents, from many phones at once, are written in parts. */
const maxPartBytes = 4 * 1024 * 1024;

/**
 * Commits a batch of updates in one transaction and answers each. One that is refused (by the guard, by its author's role, for its epoch)
 * takes no number and holds up no other. Also tells how long the tails have grown, for the snapshots, and which are for `carryLateEdit`.
 */
export async function appendBatch(sql: Sql, appends: readonly Append[], now: Date): Promise<AppendedBatch> {
  const screened = appends.map((append) => ({ append, refusal: screenAppend(append) }));
  const sound = screened.filter(({ refusal }) => refusal === null).map(({ append }) => append);
  const passed = sound.filter(({ lostLog }) => lostLog === undefined);
  const verdicts: Verdict[] = [];
  for (const part of splitBySize(passed)) verdicts.push(...(await writePart(sql, part, now)));
  const late = new Set([
    ...passed.filter((_, index) => isLate(verdicts[index])),
    ...sound.filter(({ lostLog }) => lostLog !== undefined),
  ]);
  return {
    outcomes: answer(screened, verdicts),
    tails: readTails(passed, verdicts),
    late: appends.flatMap((append, position) => (late.has(append) ? [position] : [])),
  };
}

function isLate(verdict: Verdict | undefined): boolean {
  return verdict?.seq === null && mayEdit(verdict.role);
}

function splitBySize(appends: readonly Append[]): Append[][] {
  const parts: Append[][] = [];
  let bytes = Infinity;
  for (const append of appends) {
    bytes += append.update.byteLength;
    if (bytes > maxPartBytes) {
      parts.push([]);
      bytes = append.update.byteLength;
    }
    parts.at(-1)?.push(append);
  }
  return parts;
}

/** One statement and one transaction. Verdicts come in the order of the appends. */
function writePart(sql: Sql, appends: readonly Append[], now: Date): Promise<readonly Verdict[]> {
  const [append] = appends;
  return append !== undefined && appends.length === 1 ? writeOne(sql, append, now) : writeMany(sql, appends, now);
}

/** Calls `append_update` (store/migrations/0018-append-update.sql). */
function writeOne(sql: Sql, { list, userId, epoch, update }: Append, now: Date): Promise<readonly Verdict[]> {
  return sql<Verdict[]>`
    select role, epoch, seq, tail_updates, tail_bytes
    from append_update(${list}, ${userId}, ${epoch}, ${update}, ${now}::timestamptz)`;
}

/**
 * Calls `append_updates` (store/migrations/0004-append-updates.sql). There the row locks of all lists are taken first, in
 * one order for everybody, and the roles are read after that: a role that was taken away before is seen as gone, and no number is given
 * twice or skipped.
 *
 * The bytes travel as one blob that SQL cuts up: the driver has no `bytea[]`. The other columns travel as text, whose parts have no commas: the
 * driver looks at each element of an array for what it must escape.
 */
function writeMany(sql: Sql, appends: readonly Append[], now: Date): Promise<readonly Verdict[]> {
  const { lists, users, epochs, starts, lengths, blob } = toColumns(appends);
  return sql<Verdict[]>`
    select role, epoch, seq, tail_updates, tail_bytes from append_updates(
      string_to_array(${lists}, ','), string_to_array(${users}, ','), string_to_array(${epochs}, ',')::integer[],
      string_to_array(${starts}, ',')::integer[], string_to_array(${lengths}, ',')::integer[], ${blob}::bytea, ${now}::timestamptz
    )`;
}

function toColumns(appends: readonly Append[]) {
  let start = 1;
  const starts = appends.map(({ update }) => {
    const here = start;
    start += update.byteLength;
    return here;
  });
  return {
    lists: appends.map(({ list }) => list).join(),
    users: appends.map(({ userId }) => userId).join(),
    epochs: appends.map(({ epoch }) => epoch).join(),
    starts: starts.join(),
    lengths: appends.map(({ update }) => update.byteLength).join(),
    blob: Buffer.concat(appends.map(({ update }) => update)),
  };
}

/** Puts the verdicts, which are about those that passed the screening, back in the order of the appends. */
function answer(screened: readonly Screened[], verdicts: readonly Verdict[]): AppendOutcome[] {
  const next = verdicts.values();
  return screened.map(({ append, refusal }): AppendOutcome => {
    if (refusal !== null) return { ok: false, error: refusal };
    if (append.lostLog !== undefined) return { ok: false, error: notTaken };
    const verdict = next.next().value;
    if (verdict === undefined) throw new Error('The database answered fewer appends than it was given.');
    return judge(append, verdict);
  });
}

/** What is said of a document of a lost log until somebody has taken it. */
const notTaken: WireError = { code: 'busy', message: 'It is not taken yet.' };

function judge(append: Append, { role, epoch, seq }: Verdict): AppendOutcome {
  if (epoch !== null && seq !== null) return { ok: true, value: { epoch, seq } };
  return { ok: false, error: refuseAppend(append, role, epoch) };
}

function readTails(appends: readonly Append[], verdicts: readonly Verdict[]): Tail[] {
  const tails = new Map<ListId, Tail>();
  for (const [index, { tail_updates: updates, tail_bytes: bytes }] of verdicts.entries()) {
    const list = appends[index]?.list;
    if (list !== undefined && updates !== null && bytes !== null) tails.set(list, { list, updates, bytes });
  }
  return [...tails.values()];
}
