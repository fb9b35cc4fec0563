import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The kernel keeps a unix socket's path in 104 (macOS) or 108 (Linux) bytes. */
const maxPathBytes = 100;
const socketName = 'database.sock';

export interface SocketPlace {
  path: string;
  remove: () => void;
}

/**
 * Where the database's socket goes: into a folder of the data directory, or into a temporary one where that path is too long (the lock and the
 * data stay). Nobody but this user may enter the folder: whoever reaches the socket is the database's superuser.
 */
export function placeSocket(directory: string): SocketPlace {
  if (process.platform === 'win32') return { path: `\\\\.\\pipe\\trolley-${process.pid}`, remove: () => undefined };
  const inside = join(directory, 'socket');
  return Buffer.byteLength(join(inside, socketName)) <= maxPathBytes
    ? placeIn(inside)
    : placeIn(mkdtempSync(join(tmpdir(), 'trolley-')));
}

function placeIn(folder: string): SocketPlace {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  return {
    path: join(folder, socketName),
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
