import * as v from 'valibot';
import { wireErrorSchema, type WireError } from './errors.ts';
import { listIdSchema, logIdSchema, memberIdSchema } from './ids.ts';
import { limits } from './limits.ts';
import { roleSchema } from './roles.ts';

/**
 * Bytes on the wire. The msgpack parser hands a received `Uint8Array` over as `ArrayBuffer`, Node as `Buffer`; both become
 * `Uint8Array` here, so that nothing behind the protocol ever sees another form.
 */
const bytes = (maxBytes: number) =>
  v.pipe(
    v.unknown(),
    v.rawTransform<unknown, Uint8Array>(({ dataset, addIssue, NEVER }) => {
      const view = asBytes(dataset.value);
      if (view !== null && view.byteLength <= maxBytes) return view;
      addIssue({ expected: view === null ? 'bytes' : `${atMost} ${maxBytes} bytes` });
      return NEVER;
    }),
  );

const atMost = 'at most';

/** Whether something that did not fit a schema would have, had it been shorter. */
export function isTooLong({ expected }: v.BaseIssue<unknown>): boolean {
  return expected?.startsWith(atMost) ?? false;
}

function asBytes(value: unknown): Uint8Array | null {
  if (value instanceof Uint8Array) return value;
  return value instanceof ArrayBuffer ? new Uint8Array(value) : null;
}

const counter = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** Number of an update in its list's log; 0 stands before the first. */
export const seqSchema = counter;
export const epochSchema = counter;
/** Yjs client id: an unsigned 32-bit integer. */
export const clientIdSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(0xffff_ffff));

const place = { list: listIdSchema, epoch: epochSchema };

export const pullRequestSchema = v.object({
  ...place,
  /** Number of the last update that the client has, without gaps. */
  cursor: seqSchema,
  /** The client's id in the room's awareness; absent for a caller that only reads (HTTP). */
  clientId: v.optional(clientIdSchema),
});
export const pushRequestSchema = v.object({
  ...place,
  update: bytes(limits.maxSnapshotBytes),
  /** True for more than an edit's worth: a whole document that heals a restored store, or one command over very many items. */
  isBulk: v.optional(v.boolean()),
  /** This is all that the client has confirmed of a list's log that was lost in a restore: what that log had, without what still waits. */
  lostLog: v.optional(logIdSchema),
});
export const presenceMessageSchema = v.object({ list: listIdSchema, awareness: bytes(limits.maxPresenceBytes) });
export const leaveMessageSchema = v.object({ list: listIdSchema });

export const pullResultSchema = v.object({
  role: roleSchema,
  epoch: epochSchema,
  head: seqSchema,
  /** In log order; applying all of them brings a client from `cursor` to `head`. One in the usual case, none when there is nothing new. */
  updates: v.array(bytes(limits.maxSnapshotBytes)),
});
export const pushResultSchema = v.object({ epoch: epochSchema, seq: seqSchema });

export const updateMessageSchema = v.object({
  ...place,
  /** Absent while the store cannot be reached: the update is not in the log yet, so whoever has it pushes it again. */
  seq: v.nullable(seqSchema),
  update: bytes(limits.maxSnapshotBytes),
});
/** First event on every connection. */
export const helloMessageSchema = v.object({
  protocol: v.pipe(v.number(), v.safeInteger()),
  /** Another one than before: the store was restored from a backup, and what this phone has may be missing there. */
  log: logIdSchema,
  /** The node's clock, so that a phone with a wrong one stamps its edits rightly. */
  nowMs: v.pipe(v.number(), v.finite()),
});
export const headMessageSchema = v.object({ ...place, seq: seqSchema });
/** Index into the palette of avatar colours. */
export const colorSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(15));
export const personSchema = v.object({
  memberId: memberIdSchema,
  name: v.pipe(v.string(), v.maxLength(limits.maxPersonNameLength)),
  color: colorSchema,
});
export const rosterEntrySchema = v.object({ ...personSchema.entries, clientId: clientIdSchema });
export const rosterMessageSchema = v.object({ list: listIdSchema, present: v.array(rosterEntrySchema) });
export const accessMessageSchema = v.object({ list: listIdSchema, role: v.nullable(roleSchema) });

export type PullRequest = v.InferOutput<typeof pullRequestSchema>;
export type PushRequest = v.InferOutput<typeof pushRequestSchema>;
export type PresenceMessage = v.InferOutput<typeof presenceMessageSchema>;
export type LeaveMessage = v.InferOutput<typeof leaveMessageSchema>;
export type PullResult = v.InferOutput<typeof pullResultSchema>;
export type PushResult = v.InferOutput<typeof pushResultSchema>;
export type UpdateMessage = v.InferOutput<typeof updateMessageSchema>;
export type HelloMessage = v.InferOutput<typeof helloMessageSchema>;
export type HeadMessage = v.InferOutput<typeof headMessageSchema>;
/** A person as others see them: set by their account on the server, never by what a client claims. */
export type Person = v.InferOutput<typeof personSchema>;
export type RosterEntry = v.InferOutput<typeof rosterEntrySchema>;
export type RosterMessage = v.InferOutput<typeof rosterMessageSchema>;
export type AccessMessage = v.InferOutput<typeof accessMessageSchema>;

/** An acknowledged call either did everything or changed nothing. */
export type Answer<T> = { ok: true; value: T } | { ok: false; error: WireError };

/** Schema of an acknowledgement that carries `value`. */
export const answerSchema = <T extends v.GenericSchema<unknown, unknown>>(value: T) =>
  v.variant('ok', [
    v.object({ ok: v.literal(true), value }),
    v.object({ ok: v.literal(false), error: wireErrorSchema }),
  ]);

/** Events from client to node. `pull` joins the list's room before it reads, so that no update falls between the two. */
export interface ClientMessages {
  pull: PullRequest;
  push: PushRequest;
  presence: PresenceMessage;
  leave: LeaveMessage;
}

/** Events from node to client. */
export interface ServerMessages {
  hello: HelloMessage;
  update: UpdateMessage;
  head: HeadMessage;
  presence: PresenceMessage;
  roster: RosterMessage;
  access: AccessMessage;
}

/** One event for a client, as a value. */
export type ServerMessage = {
  [E in keyof ServerMessages]: { event: E; message: ServerMessages[E] };
}[keyof ServerMessages];
