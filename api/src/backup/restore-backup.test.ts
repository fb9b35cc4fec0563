import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillStore } from '../testing/busy-store.ts';
import { startLogHarness, type StoreHarness } from '../testing/log-harness.ts';
import { readContents } from '../testing/store-contents.ts';
import { temporaryDirectory, type TemporaryDirectory } from '../testing/temporary-directory.ts';
import { BackupUnusableError } from './backup-format.ts';
import { verifyBackup } from './read-backup.ts';
import { restoreBackup } from './restore-backup.ts';
import { readTables } from './table-catalog.ts';
import { writeBackup } from './write-backup.ts';

const replacing = { isReplacing: true, now: new Date(), randomBytes };

describe('what can not be restored', { timeout: 60_000 }, () => {
  let folder: TemporaryDirectory;
  let harness: StoreHarness;
  let good: Buffer;
  let before: Record<string, string[]>;

  beforeAll(async () => {
    folder = temporaryDirectory();
    harness = await startLogHarness(null);
    await fillStore(harness);
    const path = join(folder.path, 'good');
    await writeBackup(harness.database, path, { takenAt: new Date(), authSecret: null });
    good = readFileSync(path);
    // What came after the backup: a restore would lose it.
    await harness.createUser();
    before = await readContents(harness.database);
  }, 60_000);

  afterAll(async () => {
    await harness.dispose();
    folder.remove();
  });

  const restore = async (bytes: Buffer, isReplacing = true) => {
    const path = join(folder.path, 'changed');
    writeFileSync(path, bytes);
    await restoreBackup(harness.database, await verifyBackup(path), { ...replacing, isReplacing });
  };

  /** The good backup with its lines changed, and sealed again where `isSealed` says so. */
  const change = (edit: (lines: string[]) => string[], isSealed = false): Buffer => {
    const lines = edit(gunzipSync(good).toString('utf8').trimEnd().split('\n'));
    const body = lines.slice(0, -1).join('\n') + '\n';
    const sealed = (lines.at(-1) ?? '').replace(
      /"sha256":"\w+"/,
      `"sha256":"${createHash('sha256').update(body).digest('hex')}"`,
    );
    return gzipSync(isSealed ? `${body}${sealed}\n` : `${lines.join('\n')}\n`);
  };

  const flipped = (at: number): Buffer => {
    const bytes = Buffer.from(good);
    bytes[at] = (bytes[at] ?? 0) ^ 0x10;
    return bytes;
  };

  it.each<[string, () => Buffer, RegExp]>([
    ['nothing', () => Buffer.alloc(0), /was cut short/],
    ['half of it', () => good.subarray(0, good.length / 2), /was cut short/],
    ['all but the last byte', () => good.subarray(0, -1), /was cut short/],
    ['all but the last line', () => change((lines) => lines.slice(0, -1)), /was cut short/],
    [
      'a bit that fell over',
      () => flipped(Math.floor(good.length / 2)),
      /is damaged|checksum|was cut short|does not fit|as many rows/,
    ],
    ['text', () => Buffer.from('{"trolleyBackup":1}\n'), /is damaged, or no backup/],
    ['something else that is gzipped', () => gzipSync('{"hello":"world"}\n'), /no backup that this version/],
    [
      'a later format',
      () => change(([first = '', ...rest]) => [first.replace('"trolleyBackup":1', '"trolleyBackup":2'), ...rest], true),
      /no backup that this version/,
    ],
    [
      'a value that was changed',
      () => change((lines) => lines.map((line) => line.replace('"owner"', '"viewer"'))),
      /checksum/,
    ],
    ['a row less', () => change((lines) => lines.toSpliced(2, 1), true), /as many rows as it says/],
    [
      'a row that is too short',
      () => change((lines) => lines.toSpliced(2, 1, '["a"]'), true),
      /does not fit its table/,
    ],
    ['more after its end', () => change((lines) => [...lines, '["more"]']), /something follows its end/],
    [
      'a migration that is not known',
      () => change(([first = '', ...rest]) => [first.replace('0001-accounts.sql', '0099-later.sql'), ...rest], true),
      /does not know 0099-later.sql/,
    ],
    [
      'a migration that was changed',
      () => change(([first = '', ...rest]) => [first.replace(/"checksum":"\w+"/, '"checksum":"00"'), ...rest], true),
      /does not know 0001-accounts.sql/,
    ],
  ])('S51 is refused in one line, with nothing changed: %s', async (_, bytes, problem) => {
    const refusal: unknown = await restore(bytes()).then(
      () => null,
      (error: unknown) => error,
    );
    expect(refusal).toBeInstanceOf(BackupUnusableError);
    expect(String(refusal)).toMatch(problem);
    expect(String(refusal)).not.toContain('\n');
    expect(await readContents(harness.database)).toEqual(before);
  });

  it('S51 changes nothing when the database refuses a row in the middle', async () => {
    const broken = change((lines) => lines.map((line) => line.replace('"viewer"', '"king"')), true);
    await expect(restore(broken)).rejects.toThrow(/members_role_check/);
    expect(await readContents(harness.database)).toEqual(before);
  });

  it('S51 does not take the place of what is there unless that is said', async () => {
    await expect(restore(good, false)).rejects.toThrow(/With --replace it is lost/);
    expect(await readContents(harness.database)).toEqual(before);
    await restore(good);
    const after = await readContents(harness.database);
    expect(after['user']?.length).toBe((before['user']?.length ?? 0) - 1);
    expect(after['updates']).toEqual(before['updates']);
    await expect(restore(good, false)).rejects.toThrow(/With --replace/);
  });

  it('S50 is not left behind half-written where it could not be written', async () => {
    const path = join(folder.path, 'not-written');
    const closed = { ...harness.database, transaction: () => Promise.reject(new Error('the store is gone')) };
    await expect(writeBackup(closed, path, { takenAt: new Date(), authSecret: null })).rejects.toThrow(
      'the store is gone',
    );
    expect(existsSync(path)).toBe(false);
    expect(readdirSync(folder.path).filter((name) => name.includes('unfinished'))).toEqual([]);
  });

  it('S50 knows of everything that tables of ours have: values in columns', async () => {
    const [row] = await harness.database.sql`
      select
        (select count(*)::int from pg_class where relkind in ('S', 'v', 'm', 'p') and relnamespace = 'public'::regnamespace) as others,
        (select count(*)::int from pg_attribute a join pg_class c on c.oid = a.attrelid
          where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and (attgenerated <> '' or attidentity <> '')) as special`;
    expect(row).toEqual({ others: 0, special: 0 });
    const tables = await harness.database.transaction((sql) => readTables(sql));
    const names = tables.map(({ name }) => name);
    for (const [before, after] of [
      ['user', 'session'],
      ['user', 'members'],
      ['lists', 'members'],
      ['lists', 'snapshots'],
    ]) {
      expect(names.indexOf(before ?? '')).toBeLessThan(names.indexOf(after ?? ''));
    }
  });
});
