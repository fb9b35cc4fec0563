import type {
  AccessMessage,
  Answer,
  HeadMessage,
  LeaveMessage,
  LogId,
  PresenceMessage,
  PullRequest,
  PullResult,
  PushRequest,
  PushResult,
  RosterMessage,
  UpdateMessage,
} from '../protocol/index.ts';

/** Why a connection ended or did not come about. `dismissed`: the node has ended it, because it goes away; others are there. */
export type CloseReason = 'lost' | 'dismissed' | 'unauthenticated' | 'outdated';

/** Everything that a connection reports. Messages arrive parsed: what does not fit the protocol never gets this far. */
export type TransportEvent =
  | { kind: 'open'; serverNowMs: number; log: LogId }
  /** `retryAfterMs`: the node has no time now, and wants to be left alone for so long. */
  | { kind: 'close'; reason: CloseReason; retryAfterMs?: number }
  | { kind: 'update'; message: UpdateMessage }
  | { kind: 'head'; message: HeadMessage }
  | { kind: 'presence'; message: PresenceMessage }
  | { kind: 'roster'; message: RosterMessage }
  | { kind: 'access'; message: AccessMessage };

/** One connection to a node at a time. It never reconnects by itself: the sync client decides when. */
export interface Transport {
  /** Starts to connect. Ends in exactly one `open` or `close`; a later loss reports one `close`. */
  connect(): void;
  /** Ends the connection without reporting a `close`. */
  disconnect(): void;
  /** Rejects when the connection ends or `timeoutMs` pass before the answer. The call may have taken effect all the same. */
  pull(request: PullRequest, timeoutMs: number): Promise<Answer<PullResult>>;
  /** As `pull`. An answer that is ok means: on disk. */
  push(request: PushRequest, timeoutMs: number): Promise<Answer<PushResult>>;
  /** Sent if connected, dropped otherwise. */
  sendPresence(message: PresenceMessage): void;
  /** As `sendPresence`. */
  leave(message: LeaveMessage): void;
  /** Returns how to stop. */
  listen(listener: (event: TransportEvent) => void): () => void;
}
