import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { installationSecret } from '../auth/installation-secret.ts';
import { fillStore } from '../testing/busy-store.ts';
import { startLogHarness } from '../testing/log-harness.ts';
import { recordLog } from '../testing/log-lines.ts';
import { temporaryDataDirectory, temporaryDirectory, type TemporaryDirectory } from '../testing/temporary-directory.ts';
import { runBackupCommand, runRestoreCommand } from './backup-command.ts';

describe('the commands', { timeout: 60_000 }, () => {
  let data: TemporaryDirectory;
  let folder: TemporaryDirectory;
  let file: string;
  let said: string[];

  beforeEach(async () => {
    data = await temporaryDataDirectory();
    folder = temporaryDirectory();
    file = join(folder.path, 'backup');
    said = [];
  });

  afterEach(() => {
    data.remove();
    folder.remove();
  });

  const parts = (dataDir = data.path) => ({
    location: { databaseUrl: null, dataDir },
    now: new Date(),
    randomBytes,
    logger: recordLog().logger,
    write: (line: string) => said.push(line),
  });

  const fill = async (): Promise<void> => {
    const harness = await startLogHarness(null, data.path);
    await fillStore(harness);
    await harness.dispose();
  };

  it('S50 back up and restore, sessions with what they are signed with', async () => {
    await fill();
    const secret = installationSecret(data.path);
    await runBackupCommand([file], parts());
    expect(said).toEqual([`${file} holds 3 lists and 10 accounts. It is as secret as the server itself.`]);
    const other = join(folder.path, 'other');
    await runRestoreCommand([file], parts(other));
    expect(installationSecret(other)).toBe(secret);
    await expect(runRestoreCommand([file], parts(other))).rejects.toThrow(/With --replace/);
    writeFileSync(join(other, 'auth-secret'), 'another');
    await runRestoreCommand([file, '--replace'], parts(other));
    expect(readFileSync(join(other, 'auth-secret'), 'utf8')).toBe(secret);
  });

  it('S51 leave the embedded database alone while a server runs on it', async () => {
    await fill();
    await runBackupCommand([file], parts());
    const harness = await startLogHarness(null, data.path);
    const inUse = /is in use by another process. Stop the server first/;
    await expect(runBackupCommand([`${file}-2`], parts())).rejects.toThrow(inUse);
    await expect(runRestoreCommand([file, '--replace'], parts())).rejects.toThrow(inUse);
    expect(readdirSync(folder.path)).toEqual(['backup']);
    await harness.dispose();
  });

  it('S51 begin nothing that makes no sense', async () => {
    for (const words of [[], ['--help'], [file, 'more']]) {
      await expect(runBackupCommand(words, parts())).rejects.toThrow(/^usage: npm run backup/);
      await expect(runRestoreCommand(words, parts())).rejects.toThrow(/^usage: npm run restore/);
    }
    const nowhere = join(folder.path, 'nowhere');
    await expect(runBackupCommand([file], parts(nowhere))).rejects.toThrow(/There is no data in/);
    await expect(runRestoreCommand([file], parts(nowhere))).rejects.toThrow(/no such file/);
    expect(existsSync(nowhere)).toBe(false);
    writeFileSync(file, 'something of mine');
    await expect(runBackupCommand([file], parts())).rejects.toThrow(/is there already/);
    expect(readFileSync(file, 'utf8')).toBe('something of mine');
  });
});
