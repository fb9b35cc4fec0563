import { spawn } from 'node:child_process';

/** Waits until the other end of its input is gone, which is when we are, and then ends the group. */
const watch = 'read -r line; kill -s KILL -- "-$0"';

/**
 * Sees to it that a process group does not outlive us, even if we are killed: no handler of ours runs then, so a shell of its own watches.
 * Returns how to let go of a group that has ended.
 */
export function endWithUs(group: number): () => void {
  const watcher = spawn('/bin/sh', ['-c', watch, String(group)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watcher.unref();
  return () => {
    watcher.kill('SIGKILL');
  };
}
