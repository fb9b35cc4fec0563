import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The kernel keeps a unix socket's path in 104 (macOS) or 108 (Linux) bytes. */
const maxPathBytes = 100;

/**
 * Where the database's socket goes: into the data directory, or into a fresh temporary one where that path is too long (only the socket:
 * the lock and the data stay). Removes what a killed process left there.
 */
export function placeSocket(directory: string): { path: string; remove(): void } {
  const inside = join(directory, 'database.sock');
  if (process.platform === 'win32') return { path: `\\\\.\\pipe\\trolley-${process.pid}`, remove: () => undefined };
  if (Buffer.byteLength(inside) <= maxPathBytes) {
    const remove = (): void => {
      rmSync(inside, { force: true });
    };
    remove();
    return { path: inside, remove };
  }
  const temporary = mkdtempSync(join(tmpdir(), 'trolley-'));
  return {
    path: join(temporary, 'database.sock'),
    remove: () => {
      rmSync(temporary, { recursive: true, force: true });
    },
  };
}
