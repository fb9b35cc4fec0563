import { z } from 'zod/mini';
import { wireErrorSchema, type WireError } from './errors.ts';
import { listIdSchema, memberIdSchema } from './ids.ts';
import { limits } from './limits.ts';
import { roleSchema } from './roles.ts';

/**
 * Bytes on the wire. The msgpack parser hands a received `Uint8Array` over as `ArrayBuffer`, Node as `Buffer`; both become
 * `Uint8Array` here, so that nothing behind the protocol ever sees another form.
 */
const bytes = (maxBytes: number) =>
  z.pipe(
    z.transform((value: unknown, context) => {
      const view = asBytes(value);
      if (view !== null && view.byteLength <= maxBytes) return view;
      context.issues.push({
        code: 'custom',
        message: view === null ? 'not bytes' : `more than ${maxBytes} bytes`,
        input: value,
      });
      return z.NEVER;
    }),
    z.custom<Uint8Array>((value) => value instanceof Uint8Array),
  );

function asBytes(value: unknown): Uint8Array | null {
  if (value instanceof Uint8Array) return value;
  return value instanceof ArrayBuffer ? new Uint8Array(value) : null;
}

const counter = z.int().check(z.nonnegative());
/** Number of an update in its list's log; 0 stands before the first. */
export const seqSchema = counter;
export const epochSchema = counter;
/** Yjs client id: an unsigned 32-bit integer. */
export const clientIdSchema = z.int().check(z.gte(0), z.lte(0xffff_ffff));

const place = { list: listIdSchema, epoch: epochSchema };

export const pullRequestSchema = z.object({
  ...place,
  /** Number of the last update that the client has, without gaps. */
  cursor: seqSchema,
  /** The client's id in the room's awareness; absent for a caller that only reads (HTTP). */
  clientId: z.optional(clientIdSchema),
});
export const pushRequestSchema = z.object({
  ...place,
  update: bytes(limits.maxSnapshotBytes),
  /** True for more than an edit's worth: a whole document that heals a restored store, or one command over very many items. */
  isBulk: z.optional(z.boolean()),
});
export const presenceMessageSchema = z.object({ list: listIdSchema, awareness: bytes(limits.maxPresenceBytes) });
export const leaveMessageSchema = z.object({ list: listIdSchema });

export const pullResultSchema = z.object({
  role: roleSchema,
  epoch: epochSchema,
  head: seqSchema,
  /** In log order; applying all of them brings a client from `cursor` to `head`. One in the usual case, none when there is nothing new. */
  updates: z.array(bytes(limits.maxSnapshotBytes)),
});
export const pushResultSchema = z.object({ epoch: epochSchema, seq: seqSchema });

export const updateMessageSchema = z.object({
  ...place,
  /** Absent while the store cannot be reached: the update is not in the log yet, so whoever has it pushes it again. */
  seq: z.nullable(seqSchema),
  update: bytes(limits.maxSnapshotBytes),
});
/** First event on every connection. */
export const helloMessageSchema = z.object({
  protocol: z.int(),
  /** The node's clock, so that a phone with a wrong one stamps its edits rightly. */
  nowMs: z.number(),
});
export const headMessageSchema = z.object({ ...place, seq: seqSchema });
export const personSchema = z.object({
  memberId: memberIdSchema,
  name: z.string().check(z.maxLength(limits.maxPersonNameLength)),
  /** Index into the palette of avatar colours. */
  color: z.int().check(z.gte(0), z.lte(15)),
});
export const rosterEntrySchema = z.extend(personSchema, { clientId: clientIdSchema });
export const rosterMessageSchema = z.object({ list: listIdSchema, present: z.array(rosterEntrySchema) });
export const accessMessageSchema = z.object({ list: listIdSchema, role: z.nullable(roleSchema) });

export type PullRequest = z.infer<typeof pullRequestSchema>;
export type PushRequest = z.infer<typeof pushRequestSchema>;
export type PresenceMessage = z.infer<typeof presenceMessageSchema>;
export type LeaveMessage = z.infer<typeof leaveMessageSchema>;
export type PullResult = z.infer<typeof pullResultSchema>;
export type PushResult = z.infer<typeof pushResultSchema>;
export type UpdateMessage = z.infer<typeof updateMessageSchema>;
export type HelloMessage = z.infer<typeof helloMessageSchema>;
export type HeadMessage = z.infer<typeof headMessageSchema>;
/** A person as others see them: set by their account on the server, never by what a client claims. */
export type Person = z.infer<typeof personSchema>;
export type RosterEntry = z.infer<typeof rosterEntrySchema>;
export type RosterMessage = z.infer<typeof rosterMessageSchema>;
export type AccessMessage = z.infer<typeof accessMessageSchema>;

/** An acknowledged call either did everything or changed nothing. */
export type Answer<T> = { ok: true; value: T } | { ok: false; error: WireError };

/** Schema of an acknowledgement that carries `value`. */
export const answerSchema = <T extends z.ZodMiniType>(value: T) =>
  z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), value }),
    z.object({ ok: z.literal(false), error: wireErrorSchema }),
  ]);

/** Bytes as a client may hand them to Socket.IO. */
type OnWire<T> = { [K in keyof T]: T[K] extends Uint8Array ? Uint8Array | ArrayBuffer : T[K] };

/** Socket.IO events from client to node. `pull` joins the list's room before it reads, so that no update falls between the two. */
export interface ClientEvents {
  pull: (request: PullRequest, ack: (answer: Answer<PullResult>) => void) => void;
  push: (request: OnWire<PushRequest>, ack: (answer: Answer<PushResult>) => void) => void;
  presence: (message: OnWire<PresenceMessage>) => void;
  leave: (message: LeaveMessage) => void;
}

/** Socket.IO events from node to client. */
export interface ServerEvents {
  hello: (message: HelloMessage) => void;
  update: (message: UpdateMessage) => void;
  head: (message: HeadMessage) => void;
  presence: (message: PresenceMessage) => void;
  roster: (message: RosterMessage) => void;
  access: (message: AccessMessage) => void;
}

/** One event for a client, as a value. */
export type ServerMessage = {
  [E in keyof ServerEvents]: { event: E; message: Parameters<ServerEvents[E]>[0] };
}[keyof ServerEvents];
