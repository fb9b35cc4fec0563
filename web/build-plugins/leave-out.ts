import type { Plugin } from 'vite';
import { fractionalIndexingReplacements } from './replacements/fractional-indexing-replacements.ts';
import { idbReplacements } from './replacements/idb-replacements.ts';
import { kitReplacements } from './replacements/kit-replacements.ts';
import { notepackReplacements } from './replacements/notepack-replacements.ts';
import { socketIoReplacements } from './replacements/socket-io-replacements.ts';
import { svelteReplacements } from './replacements/svelte-replacements.ts';
import { valibotReplacements } from './replacements/valibot-replacements.ts';
import { viteReplacements } from './replacements/vite-replacements.ts';
import { yjsReplacements } from './replacements/yjs-replacements.ts';

const replacements = [
  ...fractionalIndexingReplacements,
  ...idbReplacements,
  ...kitReplacements,
  ...notepackReplacements,
  ...socketIoReplacements,
  ...svelteReplacements,
  ...valibotReplacements,
  ...viteReplacements,
  ...yjsReplacements,
];

/** Keeps code out of the bundle that its libraries import but that this app cannot reach. The tests of the document run with it, too. */
export function leaveOut(): Plugin {
  return {
    name: 'trolley:leave-out',
    transform(source, id) {
      const replacement = replacements.find(({ path }) => id.endsWith(path));
      return replacement === undefined ? undefined : { code: replacement.replace(source), map: null };
    },
  };
}
