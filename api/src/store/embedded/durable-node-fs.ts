import { fsyncSync } from 'node:fs';
import type { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { z } from 'zod';

type FilesystemOptions = Parameters<NodeFS['init']>[1];

/** What an open file of Emscripten's NODEFS carries: `nfd` is the descriptor of the real file, absent for a directory. */
const openFileSchema = z.object({ nfd: z.number().optional() });

const streamOperationsSchema = z.custom<{ fsync?: (stream: unknown) => number }>(
  (value) => typeof value === 'object' && value !== null && 'write' in value,
);
const moduleSchema = z.object({
  FS: z.object({
    filesystems: z.object({ NODEFS: z.object({ stream_ops: streamOperationsSchema }) }),
  }),
});

/**
 * The file system of PGlite with the fsync that it lacks: Emscripten's NODEFS has no hook for it, so Postgres' fsync goes nowhere and a
 * power cut takes every commit since the kernel last wrote back. `fsyncCount` lets the start-up check prove that a commit reaches the disk.
 */
export class DurableNodeFS extends NodeFS {
  fsyncCount = 0;

  override async init(database: PGlite, options: FilesystemOptions): Promise<{ emscriptenOpts: FilesystemOptions }> {
    const result = await super.init(database, options);
    const addFsync = (module: unknown): void => {
      moduleSchema.parse(module).FS.filesystems.NODEFS.stream_ops.fsync = (stream) => this.#fsync(stream);
    };
    return {
      emscriptenOpts: { ...result.emscriptenOpts, preRun: [...(result.emscriptenOpts.preRun ?? []), addFsync] },
    };
  }

  /** What it throws leaves Postgres in no known state and ends the worker (database-worker.ts), as a panic ends a server. */
  #fsync(stream: unknown): number {
    const { nfd } = openFileSchema.parse(stream);
    if (nfd !== undefined) fsyncSync(nfd);
    this.fsyncCount += 1;
    return 0;
  }
}
