import { ConfigError } from '@trolley/shared/process';
import * as v from 'valibot';

/** A backup can't be used. The message is one line, for whoever wants to restore it. */
export class BackupUnusableError extends ConfigError {}

/** What this version writes, and the only one there is so far. */
export const formatVersion = 1;

/*
 * A backup is lines of JSON, gzipped: a header; then each table's name and columns, followed by its rows, each a list of what Postgres writes
 * of its values as text; then how it ends. So it is the same whichever database it was taken from, and a line a row can be looked at with any tool.
 */
export const headerSchema = v.object({
  trolleyBackup: v.literal(formatVersion),
  takenAt: v.pipe(v.string(), v.isoTimestamp()),
  /** The migrations that made the tables, and the checksums of their files. */
  migrations: v.array(v.object({ name: v.string(), checksum: v.string() })),
  /** What sessions are signed with, where the installation made that itself. */
  authSecret: v.nullable(v.string()),
});
export type BackupHeader = v.InferOutput<typeof headerSchema>;

export const tableSchema = v.object({ table: v.string(), columns: v.array(v.string()) });
export type BackupTable = v.InferOutput<typeof tableSchema>;

/** Values in the order of the table's columns. */
export const rowSchema = v.array(v.nullable(v.string()));

export const endSchema = v.object({
  end: v.object({
    /** Rows by table. */
    rows: v.record(v.string(), v.number()),
    /** Of all bytes before this line, in hexadecimal. */
    sha256: v.string(),
  }),
});
