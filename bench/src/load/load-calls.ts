import * as v from 'valibot';
import { seatSchema } from './seat.ts';

const shape = v.object({ lists: v.number(), members: v.number() });

/** What the load process is asked, one call at a time. */
export const callSchema = v.variant('call', [
  /** Opens lists, in addition to those that are open. */
  v.object({
    call: v.literal('connect'),
    dialect: v.picklist(['bare', 'hocuspocus', 'trolley', 'yWebsocket']),
    seats: v.array(seatSchema),
  }),
  /** The first member of each list that was opened last adds so many items to it. */
  v.object({ call: v.literal('fill'), itemCount: v.number() }),
  v.object({ call: v.literal('run'), shape, rate: v.number(), seconds: v.number() }),
  v.object({ call: v.literal('disconnect') }),
]);
export type Call = v.InferOutput<typeof callSchema>;

/** What a step did, as its clients saw it: see `LoadReport`. */
const loadReportSchema = v.object({
  sent: v.number(),
  delivered: v.number(),
  missing: v.number(),
  stored: v.number(),
  refused: v.number(),
  firstRefusal: v.nullable(v.string()),
  p50Ms: v.number(),
  p95Ms: v.number(),
  p99Ms: v.number(),
  maxMs: v.number(),
  sendingMs: v.number(),
  generatorCores: v.number(),
  bytesIn: v.number(),
  bytesOut: v.number(),
});

/** The answer to each call; `run` answers with a report, `connect` with how long clients took and what they sent and got. */
export const answerSchema = v.variant('answer', [
  v.object({ answer: v.literal('done') }),
  v.object({ answer: v.literal('connected'), p50Ms: v.number(), p99Ms: v.number(), bytesPerClient: v.number() }),
  v.object({ answer: v.literal('report'), report: loadReportSchema }),
  v.object({ answer: v.literal('failed'), reason: v.string() }),
]);
export type Answer = v.InferOutput<typeof answerSchema>;
