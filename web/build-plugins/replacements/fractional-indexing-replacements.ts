import { replaceFound, type Replacement } from '../replacement.ts';

export const fractionalIndexingReplacements: readonly Replacement[] = [
  {
    // Our keys are written in the library's own digits, which need no check.
    path: '/fractional-indexing/src/index.js',
    replace: (source) =>
      ['validateDigits', 'validateIntDigits'].reduce(
        (rest, name) =>
          replaceFound(rest, new RegExp(`^function ${name}\\([^]*?^\\}\\n`, 'm'), `function ${name}() {}\n`),
        source,
      ),
  },
];
