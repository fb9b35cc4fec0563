import type { Plugin } from 'vite';
import { idbReplacements } from './replacements/idb-replacements.ts';
import { kitReplacements } from './replacements/kit-replacements.ts';
import { socketIoReplacements } from './replacements/socket-io-replacements.ts';
import { svelteReplacements } from './replacements/svelte-replacements.ts';
import { yjsReplacements } from './replacements/yjs-replacements.ts';

const replacements = [
  ...idbReplacements,
  ...kitReplacements,
  ...socketIoReplacements,
  ...svelteReplacements,
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
