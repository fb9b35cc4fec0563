import { replaceFound, type Replacement } from '../replacement.ts';

export const idbReplacements: readonly Replacement[] = [
  {
    // Storage reads whole rows and keys; it walks no cursor, neither step by step nor with `for await`.
    path: '/idb/build/index.js',
    replace: (source) => {
      const withoutSteps = replaceFound(source, /^ {4}if \(getCursorAdvanceMethods\(\)[^]*?^ {4}\}\n/m, '');
      return replaceFound(withoutSteps, /^const advanceMethodProps[^]*(?=^export \{)/m, '');
    },
  },
];
