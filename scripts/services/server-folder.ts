import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folders = new Set<string>();

process.once('exit', () => {
  for (const path of folders) remove(path);
});

/** A new folder for a server, and how to remove it. It is also removed when our process ends in good order. */
export function createServerFolder(name: string): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), `trolley-${name}-`));
  folders.add(path);
  return {
    path,
    remove: () => {
      folders.delete(path);
      remove(path);
    },
  };
}

function remove(path: string): void {
  rmSync(path, { recursive: true, force: true });
}
