import * as v from 'valibot';
import { systemNames } from './systems.ts';

const number = v.pipe(v.number(), v.finite());

/** One system at one rate, once. What is "per update" is divided by the edits that were sent. */
const runSchema = v.object({
  rate: number,
  sent: number,
  /** Arrivals that never came, of three an edit, and edits that were refused. */
  missing: number,
  refused: number,
  p50Ms: number,
  p95Ms: number,
  p99Ms: number,
  maxMs: number,
  /** What was really sent a second: less than the rate when the generator could not do more. */
  reachedRate: number,
  /** CPU of all servers, with what they did afterwards for these edits, in microseconds per update; and the same for each role. */
  cpuUs: number,
  /** The part of it that came after the last edit had arrived: snapshots, stores. */
  afterwardsCpuUs: number,
  cpuUsByRole: v.record(v.string(), number),
  postgresCpuUs: number,
  redisCpuUs: number,
  walBytes: number,
  storedBytes: number,
  commits: number,
  redisCommands: number,
  /** Over the clients' connections, per update: from the servers and to them. */
  bytesIn: number,
  bytesOut: number,
  /** Cores in use while edits were sent: by the servers, by the generator, and by whatever else ran on the machine. */
  serverCores: number,
  generatorCores: number,
  othersCores: number,
});
export type Run = v.InferOutput<typeof runSchema>;

/** Memory after garbage was collected, all servers of the system together, in bytes. */
const weightSchema = v.object({
  lists: number,
  clients: number,
  heapPerList: number,
  heapPerConnection: number,
  /** Of each role, before anybody connected. */
  emptyRssByRole: v.record(v.string(), number),
  connectP50Ms: number,
  connectP99Ms: number,
  /** A client that comes, opens its list and gets what is in it: CPU of each role and of Postgres, in milliseconds, and bytes both ways. */
  connectCpuMsByRole: v.record(v.string(), number),
  connectPostgresCpuMs: number,
  connectBytes: number,
  /** CPU of each role for a client that only stays, in microseconds a second. */
  idleCpuUsByRole: v.record(v.string(), number),
});
export type Weight = v.InferOutput<typeof weightSchema>;

export const resultsSchema = v.object({
  measuredOn: v.string(),
  machine: v.object({ processor: v.string(), cores: number, memoryGb: number, system: v.string() }),
  versions: v.object({ node: v.string(), postgres: v.string(), redis: v.string(), postgresSettings: v.string() }),
  systems: v.array(
    v.object({
      name: v.picklist(systemNames),
      runs: v.array(runSchema),
      /** Highest rate at which it kept up; null when it kept up at none. */
      highestRate: v.nullable(number),
      /** It still kept up when the bench ended. */
      isHighestTheLast: v.boolean(),
      weight: v.nullable(weightSchema),
    }),
  ),
});
export type Results = v.InferOutput<typeof resultsSchema>;
export type SystemResults = Results['systems'][number];
