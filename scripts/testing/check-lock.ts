import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { root } from '../toolchain.mjs';

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({ resolved: z.string().optional(), optionalDependencies: z.record(z.string(), z.string()).optional() }),
  ),
});

/** What is wrong with a package-lock.json, a line each. */
export function lockProblems(lock: unknown): string[] {
  const { packages } = lockSchema.parse(lock);
  const names = new Set(Object.keys(packages).map((path) => path.split('node_modules/').at(-1)));
  return Object.entries(packages).flatMap(([path, { resolved, optionalDependencies = {} }]) => [
    // Such a lock was made from a registry that lacked a platform's package: `npm ci` then fails, here or on that platform.
    ...Object.keys(optionalDependencies)
      .filter((name) => !names.has(name))
      .map((name) => `${path || 'The project'} names ${name} as an optional dependency, which has no entry.`),
    // A host that is recorded is asked for the package by everybody, whatever registry they use.
    ...(/^https?:/.test(resolved ?? '') ? [`${path} is recorded with a download address.`] : []),
  ]);
}

/** Of the project, and of what the bench installs beside it. */
const lockFiles = ['package-lock.json', 'bench/peers/package-lock.json', 'bench/lighthouse/package-lock.json'];

if (import.meta.main) {
  for (const path of lockFiles) {
    const problems = lockProblems(JSON.parse(readFileSync(join(root, path), 'utf8')));
    for (const problem of problems) console.error(`${path}: ${problem}`);
    if (problems.length > 0) process.exitCode = 1;
  }
}
