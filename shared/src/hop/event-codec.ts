import * as v from 'valibot';
import {
  accessMessageSchema,
  epochSchema,
  headMessageSchema,
  listIdSchema,
  seqSchema,
  userIdSchema,
  type ListEvent,
} from '../protocol/index.ts';
import { codecOf, type Codec } from './hop-call.ts';
import { misfit } from './frame.ts';

const headerSchema = v.variant('kind', [
  v.object({ kind: v.literal('access'), userId: userIdSchema, ...accessMessageSchema.entries }),
  v.object({ kind: v.literal('appended'), list: listIdSchema, epoch: epochSchema, seq: seqSchema }),
  v.object({ kind: v.literal('head'), ...headMessageSchema.entries }),
  v.object({ kind: v.literal('signed-out'), userId: userIdSchema, sessionId: v.nullable(v.string()) }),
]);

/** What the api announces of its own accord, as it travels through Redis. */
export const eventCodec: Codec<ListEvent> = codecOf<ListEvent, v.InferOutput<typeof headerSchema>>({
  header: headerSchema,
  toFrame(event) {
    if (event.kind !== 'appended') return { header: event, bytes: [] };
    const { update, ...header } = event;
    return { header, bytes: [update] };
  },
  fromFrame(header, blob) {
    if (header.kind === 'appended') return { ...header, update: blob };
    if (blob.byteLength > 0) throw misfit('There are bytes that nothing speaks of.');
    return header;
  },
});

/** The channel of Redis (sharded publish and subscribe) on which the api announces. */
export const eventChannel = 'trolley:events';
