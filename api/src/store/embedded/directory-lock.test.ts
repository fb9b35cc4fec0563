import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../../testing/temporary-directory.ts';
import { StoreUnusableError } from '../store-unusable-error.ts';
import { lockDirectory } from './directory-lock.ts';

describe('the lock of the data directory', () => {
  const directory = temporaryDirectory();

  afterAll(() => {
    directory.remove();
  });

  it('S12 refuses a second opener in one process, and lets go', () => {
    const unlock = lockDirectory(directory.path);
    expect(() => lockDirectory(directory.path)).toThrow(StoreUnusableError);
    unlock();
    lockDirectory(directory.path)();
  });

  it('S12 refuses a second process, with one clear line', async () => {
    const unlock = lockDirectory(directory.path);
    await expect(lockInAnotherProcess()).resolves.toBe(
      `The data directory ${directory.path} is in use by another process.`,
    );
    unlock();
    await expect(lockInAnotherProcess()).resolves.toBe('locked');
  });

  async function lockInAnotherProcess(): Promise<string> {
    const module = fileURLToPath(new URL('directory-lock.ts', import.meta.url));
    const program = `
      const { lockDirectory } = await import(${JSON.stringify(module)});
      try { lockDirectory(${JSON.stringify(directory.path)}); console.log('locked'); }
      catch (error) { console.log(error.message); }`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program]);
    return stdout.trim();
  }
});
