import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { createGunzip } from 'node:zlib';
import * as v from 'valibot';
import {
  BackupUnusableError,
  endSchema,
  headerSchema,
  rowSchema,
  tableSchema,
  type BackupHeader,
  type BackupTable,
} from './backup-format.ts';
import { readLines } from './read-lines.ts';

/** What a backup holds, in its order. */
export type BackupPart =
  | { kind: 'header'; header: BackupHeader }
  | { kind: 'table'; table: BackupTable }
  /** JSON: a list of texts and nulls, as many as the table before it has columns. */
  | { kind: 'row'; json: string };

/**
 * Reads a backup and everything that can be wrong with it: who has come to the end has had all of it, as it was written.
 *
 * @throws BackupUnusableError when it is no backup, or cut short, or changed.
 */
export async function* readBackup(path: string): AsyncGenerator<BackupPart> {
  const reader = new BackupReader();
  const file = createReadStream(path);
  const gunzip = createGunzip();
  file.on('error', (error) => gunzip.destroy(error));
  try {
    for await (const line of readLines(file.pipe(gunzip))) {
      const part = reader.read(line);
      if (part !== null) yield part;
    }
    reader.finish();
  } catch (error) {
    throw isFileProblem(error) ? new BackupUnusableError(`${path} can't be used: ${describe(error)}`) : error;
  } finally {
    file.destroy();
    gunzip.destroy();
  }
}

/** A backup that was read to its end once. */
export interface VerifiedBackup {
  path: string;
  header: BackupHeader;
}

/**
 * Reads a backup to its end.
 *
 * @throws BackupUnusableError when it is no backup, or cut short, or changed.
 */
export async function verifyBackup(path: string): Promise<VerifiedBackup> {
  let header: BackupHeader | null = null;
  for await (const part of readBackup(path)) {
    if (part.kind === 'header') header = part.header;
  }
  if (header === null) throw new BackupUnusableError(`${path} can't be used: it is empty.`);
  return { path, header };
}

class BackupReader {
  readonly #hash = createHash('sha256');
  readonly #rows: Record<string, number> = {};
  #table: BackupTable | null = null;
  #hasHeader = false;
  #hasEnd = false;

  /** Null for the last line, which tells nothing but that it is right. */
  read(line: Buffer): BackupPart | null {
    if (this.#hasEnd) throw new Damage('something follows its end');
    const json = line.toString('utf8');
    const value: unknown = JSON.parse(json);
    const part = this.#hasHeader ? this.#readPart(json, value) : this.#readHeader(value);
    if (part !== null) this.#hash.update(line).update('\n');
    return part;
  }

  finish(): void {
    if (!this.#hasEnd) throw new Damage('it was cut short');
  }

  #readHeader(value: unknown): BackupPart {
    const header = v.safeParse(headerSchema, value);
    if (!header.success) throw new Damage('it is no backup that this version of Trolley can read');
    this.#hasHeader = true;
    return { kind: 'header', header: header.output };
  }

  #readPart(json: string, value: unknown): BackupPart | null {
    if (v.is(rowSchema, value)) return this.#readRow(json, value);
    if (v.is(tableSchema, value)) {
      this.#table = value;
      this.#rows[value.table] = 0;
      return { kind: 'table', table: value };
    }
    const { end } = v.parse(endSchema, value);
    if (end.sha256 !== this.#hash.digest('hex')) throw new Damage('its checksum is not that of what it holds');
    if (!isDeepStrictEqual(end.rows, this.#rows)) throw new Damage('it does not hold as many rows as it says');
    this.#hasEnd = true;
    return null;
  }

  #readRow(json: string, values: readonly unknown[]): BackupPart {
    if (this.#table?.columns.length !== values.length) throw new Damage('a row does not fit its table');
    this.#rows[this.#table.table] = (this.#rows[this.#table.table] ?? 0) + 1;
    return { kind: 'row', json };
  }
}

/** What is wrong with the file. */
class Damage extends Error {}

/** Not the database's problems, which whoever reads may throw in between. */
function isFileProblem(error: unknown): error is Error {
  if (error instanceof Damage || error instanceof SyntaxError || error instanceof v.ValiError) return true;
  return error instanceof Error && 'code' in error && /^(Z_|ENOENT|EACCES|EISDIR|EIO)/.test(String(error.code));
}

function describe(error: Error): string {
  if (error instanceof Damage) return `${error.message}.`;
  if (!('code' in error)) return 'it is damaged.';
  if (error.code === 'Z_BUF_ERROR') return 'it was cut short.';
  return String(error.code).startsWith('Z_') ? 'it is damaged, or no backup.' : error.message;
}
