import { globSync } from 'node:fs';
import { root } from '@trolley/scripts/toolchain';

const generated = /(^|\/)(node_modules|build|data|\.svelte-kit|\.turbo|paraglide|test-results|coverage)(\/|$)/;

/** Whether a path is made by a tool, so that a fresh clone does not have it. */
export function isGenerated(path: string): boolean {
  return generated.test(path);
}

/** Paths of the project's own files, from its top. Found without git, so that the checks also hold outside a checkout. */
export function projectFiles(pattern: string): string[] {
  return globSync(pattern, { cwd: root, exclude: isGenerated })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !isGenerated(path));
}
