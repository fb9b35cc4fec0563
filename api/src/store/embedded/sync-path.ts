import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Brings a file, or the names in a directory, to the disk. Windows can't open a directory; its rename is durable without that. */
export function syncPath(path: string): void {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch (error) {
    if (process.platform === 'win32') return;
    throw error;
  }
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
