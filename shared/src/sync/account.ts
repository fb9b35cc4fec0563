import type { ListId, MemberId, Role } from '../protocol/index.ts';

/** A list that the account is a member of, as the server knows it. */
export interface AccountList {
  list: ListId;
  role: Role;
}

/** What the sync client needs of the person's account. All of it talks to the api by HTTP; all of it may reject without a network. */
export interface Account {
  /** Short name used in the document's stamps. Made on the phone, so it is known before there is an account. */
  readonly memberId: MemberId;
  /** Whether a session was established before. It may have ended meanwhile; the transport then closes as `unauthenticated`. */
  readonly hasSession: boolean;
  /** Makes sure that there is a session: the one there is, else a new guest. */
  ensureSession(): Promise<void>;
  /** The server knows no session behind our cookie: forget it, so that the next `ensureSession` asks anew. */
  forgetSession(): void;
  /** Tells the server of a list that was begun on this phone. Safe to repeat. */
  register(list: ListId): Promise<void>;
  /** All lists of the account. */
  lists(): Promise<AccountList[]>;
}
