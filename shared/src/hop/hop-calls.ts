import * as v from 'valibot';
import {
  epochSchema,
  listIdSchema,
  logIdSchema,
  personSchema,
  pullRequestSchema,
  pushResultSchema,
  roleSchema,
  seqSchema,
  userIdSchema,
  wireErrorSchema,
  type Append,
  type AppendOutcome,
  type Credentials,
  type Head,
  type ListId,
  type PullRequest,
  type PullResult,
  type Role,
  type Seat,
  type Session,
  type UserId,
} from '../protocol/index.ts';
import { cutBlob, misfit } from './frame.ts';
import { codecOf, jsonCodec, type HopCall } from './hop-call.ts';

/** What a part of the blob is long; `cutBlob` holds the sum against the bytes that are there. */
const byteLengthsSchema = v.array(v.pipe(v.number(), v.safeInteger(), v.minValue(0)));

const appendSchema = v.object({
  userId: userIdSchema,
  list: listIdSchema,
  epoch: epochSchema,
  isBulk: v.optional(v.boolean()),
  lostLog: v.optional(logIdSchema),
});

const outcomeSchema = v.variant('ok', [
  v.object({ ok: v.literal(true), value: pushResultSchema, isCarried: v.exactOptional(v.literal(true)) }),
  v.object({ ok: v.literal(false), error: wireErrorSchema }),
]);

/** Undefined fields take no room: JSON leaves them out. */
const append: HopCall<readonly Append[], AppendOutcome[]> = {
  request: codecOf({
    header: v.object({ appends: v.array(appendSchema), byteLengths: byteLengthsSchema }),
    toFrame: (appends) => ({
      header: {
        appends: appends.map(({ userId, list, epoch, isBulk, lostLog }) => ({ userId, list, epoch, isBulk, lostLog })),
        byteLengths: appends.map(({ update }) => update.byteLength),
      },
      bytes: appends.map(({ update }) => update),
    }),
    fromFrame({ appends, byteLengths }, blob) {
      const updates = cutBlob(blob, byteLengths);
      if (updates.length !== appends.length) throw misfit('Each append has one update.');
      return appends.map((append, index) => ({ ...append, update: updates[index] ?? new Uint8Array() }));
    },
  }),
  answer: jsonCodec(v.array(outcomeSchema)),
};

const pull: HopCall<{ userId: UserId; request: PullRequest }, PullResult> = {
  request: jsonCodec(v.object({ userId: userIdSchema, request: pullRequestSchema })),
  answer: codecOf({
    header: v.object({
      role: roleSchema,
      epoch: epochSchema,
      head: seqSchema,
      byteLengths: byteLengthsSchema,
    }),
    toFrame: ({ updates, ...rest }) => ({
      header: { ...rest, byteLengths: updates.map(({ byteLength }) => byteLength) },
      bytes: updates,
    }),
    fromFrame: ({ byteLengths, ...rest }, blob) => ({ ...rest, updates: cutBlob(blob, byteLengths) }),
  }),
};

const headSchema = v.object({ epoch: epochSchema, seq: seqSchema });

const headPairs = jsonCodec(v.array(v.tuple([listIdSchema, headSchema])));

const heads: HopCall<readonly ListId[], Map<ListId, Head>> = {
  request: jsonCodec(v.array(listIdSchema)),
  answer: {
    encode: (known) => headPairs.encode([...known]),
    decode: (frame) => new Map(headPairs.decode(frame)),
  },
};

const seatSchema = v.object({ list: listIdSchema, userId: userIdSchema });

const roles: HopCall<readonly Seat[], (Role | null)[]> = {
  request: jsonCodec(v.array(seatSchema)),
  answer: jsonCodec(v.array(v.nullable(roleSchema))),
};

const headerValueSchema = v.exactOptional(v.pipe(v.string(), v.maxLength(16 * 1024)));

const authenticate: HopCall<Credentials, Session | null> = {
  request: jsonCodec(v.object({ cookie: headerValueSchema, authorization: headerValueSchema })),
  answer: jsonCodec(
    v.nullable(
      v.object({
        identity: v.object({ ...personSchema.entries, userId: userIdSchema }),
        log: logIdSchema,
        sessionId: v.exactOptional(v.string()),
      }),
    ),
  ),
};

/** The calls of `LogService`, as they travel from a relay to an api. */
export const hopCalls = { append, pull, heads, roles, authenticate };
