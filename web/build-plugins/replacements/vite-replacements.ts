import { replaceFound, type Replacement } from '../replacement.ts';

export const viteReplacements: readonly Replacement[] = [
  {
    // There is no nonce in our pages, and every browser that runs them has `Promise.allSettled` and addresses that begin with a slash.
    path: 'vite/preload-helper.js',
    replace: (source) => {
      const parts: readonly [RegExp, string][] = [
        [/^[ \t]*const cspNonceMeta = [^]*?;\n/m, ''],
        [/^[ \t]*const cspNonce = [^]*?;\n/m, ''],
        [/^[ \t]*if \(cspNonce\) [^]*?;\n/m, ''],
      ];
      return parts.reduce((rest, [pattern, by]) => replaceFound(rest, pattern, by), source);
    },
  },
];
