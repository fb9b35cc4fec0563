import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { root } from '@trolley/scripts/toolchain';
import { isGenerated, projectFiles } from './tracked-files.ts';

const documents = projectFiles('{*,*/*,docs/**/*}.md').filter((path) => path !== 'tests/repository/lint-fixtures.md');
const files = projectFiles('**/*');
const fileNames = new Set(files.map((path) => basename(path)));
const topFolders = new Set(files.filter((path) => path.includes('/')).map((path) => path.split('/')[0]));
const npmScripts = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))).scripts;

const filePattern = /^[\w.@()[\]-]+(\/[\w.@()[\]-]+)*\/?$/;
const extensionPattern = /\.(ts|mts|mjs|js|json|md|svelte|sql|css|html|yml|yaml|png|sh|txt|env)$/;

describe('the documents', () => {
  it('include a README', () => {
    expect(documents).toContain('README.md');
  });

  it.for(documents)('%s names only files that exist', (document) => {
    const text = readFileSync(join(root, document), 'utf8');
    const missing = [...namedInBackticks(text).filter(looksLikeFile), ...linked(text)].filter(
      (path) => !isGenerated(path) && !exists(path, document),
    );
    expect(missing).toEqual([]);
  });

  it.for(documents)('%s names only npm commands that exist', (document) => {
    const text = readFileSync(join(root, document), 'utf8');
    const named = [...text.matchAll(/\bnpm (?:run ([\w:-]+)|(start|test)\b)/g)].map(
      ([, run, short]) => run ?? short ?? '',
    );
    expect(named.filter((script) => !(script in npmScripts))).toEqual([]);
  });
});

/** Words in backticks, in running text and in trees that are drawn in code blocks alike. */
function namedInBackticks(text: string): string[] {
  const withoutBlocks = text.replaceAll(/^```.*?^```$/gms, '');
  return [...withoutBlocks.matchAll(/`([^`\n]+)`/g)].map(([, name = '']) => name.replace(/^\.\//, ''));
}

/** Paths and pictures that a document links to, without addresses elsewhere and places in a page. */
function linked(text: string): string[] {
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"/g)].map(
    ([, link, html]) => link ?? html ?? '',
  );
  return targets.filter((target) => !/^([a-z]+:|#|\/)/.test(target)).map((target) => target.replace(/#.*$/, ''));
}

function looksLikeFile(name: string): boolean {
  // `.ts` alone is a kind of file.
  if (!filePattern.test(name) || name.startsWith('.')) return false;
  const [first = ''] = name.split('/');
  return name.includes('/') ? topFolders.has(first) : extensionPattern.test(name);
}

/** From the top, from beside the document, or, for a bare name, anywhere. */
function exists(path: string, document: string): boolean {
  return (
    existsSync(join(root, path)) ||
    existsSync(join(root, dirname(document), path)) ||
    (!path.includes('/') && fileNames.has(path))
  );
}
