import { z } from 'zod';

export const workerDataSchema = z.object({
  clusterDirectory: z.string(),
  socketPath: z.string(),
});
export type WorkerData = z.infer<typeof workerDataSchema>;

/** What the database's thread tells. Anything that goes wrong arrives as the thread's `error` instead. */
export const workerReportSchema = z.object({ kind: z.enum(['ready', 'stopped']) });
export type WorkerReport = z.infer<typeof workerReportSchema>;
