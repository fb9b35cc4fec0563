import { replaceFound, type Replacement } from '../replacement.ts';

export const viteReplacements: readonly Replacement[] = [
  {
    // Our pages have no nonce: their policy names the hashes of their scripts.
    path: 'vite/preload-helper.js',
    replace: (source) => {
      const parts = [
        /^\s*const cspNonceMeta = [^]*?;\n/m,
        /^\s*const cspNonce = [^]*?;\n/m,
        /^\s*if \(cspNonce\) [^]*?;\n/m,
      ];
      return parts.reduce((rest, pattern) => replaceFound(rest, pattern, ''), source);
    },
  },
];
