import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { root } from '@trolley/scripts/toolchain';
import { expect, it } from 'vitest';
import { projectFiles } from './tracked-files.ts';

// The parts of SvelteKit that `web/build-plugins/replacements/kit-replacements.ts` leaves out would be missing without a word.

function filesWith(pattern: string, found: (source: string) => boolean): string[] {
  return projectFiles(pattern).filter((path) => found(readFileSync(resolve(root, path), 'utf8')));
}

it('no page loads by anything but its params', () => {
  const loads = /\bload\b[^=\n]*=\s*async \((.*?)\) =>/g;
  const isLeftOut = (source: string) => {
    const parts = [...source.matchAll(loads)].map(([, parameter]) => parameter ?? '');
    const exported = /\bexport\b.*\bload\b/.test(source) ? 1 : 0;
    return (
      parts.length !== exported || parts.some((parameter) => !/^(?:\{ params(?:: \{[^}]*\})? \})?$/.test(parameter))
    );
  };
  expect(projectFiles('web/src/routes/**/+page.ts').length).toBeGreaterThan(2);
  expect(filesWith('web/src/routes/**/+{page,layout}.ts', isLeftOut)).toEqual([]);
});

it('no page is loaded by a server, keeps snapshots or says how its links are followed', () => {
  expect(projectFiles('web/src/routes/**/+*.server.ts')).toEqual([]);
  expect(filesWith('web/src/routes/**/+*', (source) => /export const snapshot\b/.test(source))).toEqual([]);
  expect(filesWith('web/src/**/*.{svelte,html}', (source) => source.includes('data-sveltekit-'))).toEqual([]);
});
