import type { WireError } from './errors.ts';
import type { ListId, LogId, UserId } from './ids.ts';
import type {
  AccessMessage,
  HeadMessage,
  Person,
  PullRequest,
  PullResult,
  PushResult,
  UpdateMessage,
} from './messages.ts';
import type { Role } from './roles.ts';

/** Who a connection speaks for, as the api established it. */
export interface Identity extends Person {
  userId: UserId;
}

/** What a request brings along to say whose it is. */
export interface Credentials {
  cookie?: string;
  authorization?: string;
}

/** An account at the log that it found. */
export interface Session {
  identity: Identity;
  log: LogId;
  /** Names the session, and opens nothing. Absent in the answers of an api of yesterday. */
  sessionId?: string;
}

/** Somebody in a list. */
export interface Seat {
  list: ListId;
  userId: UserId;
}

/** One update on its way into the log, with the account that pushes it. */
export interface Append {
  userId: UserId;
  list: ListId;
  epoch: number;
  update: Uint8Array;
  /** The limit is `maxSnapshotBytes` instead of `maxUpdateBytes`: a whole document, or one command over very many items. */
  isBulk?: boolean | undefined;
  /** The update is all that a phone has confirmed of this log, which was lost in a restore. */
  lostLog?: LogId | undefined;
}

/**
 * What became of one append. A refusal of one never affects its neighbours in the batch. `isCarried`: the update was of a sealed epoch, and
 * what it changed was written into the current one by other bytes, up to the number of `value`: whoever has the list open pulls them.
 */
export type AppendOutcome = { ok: true; value: PushResult; isCarried?: true } | { ok: false; error: WireError };

/** Where a list's log ends. */
export interface Head {
  epoch: number;
  seq: number;
}

/**
 * What a relay needs of the api: an in-process object when all run in one process, HTTP otherwise. Rejections are `TrolleyError`s;
 * `unavailable` means that the store could not be reached and that nothing is known about what it did.
 */
export interface LogService {
  /** Account behind a cookie or bearer token; null when there is none. */
  authenticate(credentials: Credentials): Promise<Session | null>;
  /** What a client is missing. Rejects with `not-found` for a list that does not exist or that the user is no member of. */
  pull(userId: UserId, request: PullRequest): Promise<PullResult>;
  /** Commits a batch. Outcomes come in the order of the appends; those that are ok are on disk. */
  append(appends: readonly Append[]): Promise<AppendOutcome[]>;
  /** Current heads of lists that exist. */
  heads(lists: readonly ListId[]): Promise<Map<ListId, Head>>;
  /** Current roles, in the order of the seats; null for no list and for no member alike. */
  roles(seats: readonly Seat[]): Promise<(Role | null)[]>;
}

/** What the api tells the relays of its own accord. */
export type ListEvent =
  | ({ kind: 'access'; userId: UserId } & AccessMessage)
  | ({ kind: 'appended'; seq: number } & UpdateMessage)
  /** The log has grown by what no relay has the bytes of: a new epoch, or edits carried over into it. */
  | ({ kind: 'head' } & HeadMessage)
  /** A session has ended, or all of an account where none is named: nothing goes on by it. */
  | { kind: 'signed-out'; userId: UserId; sessionId: string | null };

/** The relays' end of the api's announcements. Returns how to stop. */
export interface ListEvents {
  subscribe(listener: (event: ListEvent) => void): () => void;
}
