import { replaceFound, type Replacement } from '../replacement.ts';

export const yjsReplacements: readonly Replacement[] = [
  {
    // Yjs prints its few warnings in colour, for which lib0 brings a library of styles, DOM helpers and schemas.
    path: '/lib0/logging.js',
    replace: () =>
      `export const warn = console.warn, print = console.log, ORANGE = '', BOLD = '', UNBOLD = '', RED = '';`,
  },
  {
    // Asks whether this is Node, and with which parameters it was started.
    path: '/lib0/environment.js',
    replace: () => `export const isNode = false, isBrowser = true, getVariable = () => null;`,
  },
  {
    // Sixty-four numbers that no compression makes smaller, and that are computed in a moment.
    path: '/lib0/hash/sha256.js',
    replace: (source) => replaceFound(source, /^const K = new Uint32Array\(\[[^]*?\]\)/m, rootsOfPrimes),
  },
  {
    path: '/yjs/dist/yjs.mjs',
    replace: (source) => {
      const inFirstFormat = withoutSecondFormat(withoutSecondUpdates(source));
      return withoutText(withoutEvents(withoutPending(withoutNesting(withoutSubdocuments(inFirstFormat)))));
    },
  },
];

/**
 * FIPS 180-4, 4.2.2: the first 32 bits of the fractional parts of the cube roots of the first 64 primes. None is within 6,000 steps of
 * a double of another number, so every engine's `cbrt` is exact enough.
 */
const rootsOfPrimes = `const K = new Uint32Array(64);
for (let number = 2, count = 0; count < 64; number++) {
  let divisor = 2;
  while (number % divisor) divisor++;
  if (divisor === number) K[count++] = (Math.cbrt(number) % 1) * 2 ** 32;
}`;

/** All our bytes are in the first update format (D5); in the second Yjs only keeps updates that came before what they build on. */
function withoutSecondFormat(source: string): string {
  const end = source.lastIndexOf('export {');
  const inFirst = replaceFound(source.slice(0, end), /(?<!class |extends )(Update|DS)(En|De)coderV2\b/g, '$1$2coderV1');
  return inFirst + replaceFound(source.slice(end), /Update(?:En|De)coderV2, /g, '');
}

/** Nobody listens for updates in the second format. */
function withoutSecondUpdates(source: string): string {
  return replaceFound(source, /^ {6}if \(doc\._observers\.has\('updateV2'\)\) \{\n[^]*?^ {6}\}\n/m, '');
}

/** No document is inside another. */
function withoutSubdocuments(source: string): string {
  return replaceFound(
    source,
    /^ {6}const \{ subdocsAdded, subdocsLoaded, subdocsRemoved \} = transaction;\n[^]*?^ {6}\}\n/m,
    '',
  );
}

/** The list document has root maps of plain values; the guard refuses everything else before Yjs would read it. */
function withoutNesting(source: string): string {
  const refused = '() => { error.unexpectedCase(); }';
  const withoutTypes = replaceFound(source, /const typeRefs = \[[^\]]*\]/, 'const typeRefs = []');
  const withoutContents = replaceFound(
    withoutTypes,
    /readContent(?:JSON|Binary|String|Embed|Format|Type|Doc)(?=, \/\/ \d)/g,
    refused,
  );
  const withoutValues = replaceFound(
    withoutContents,
    /content = new Content(?:Binary|Doc|Type)\(.*\);/g,
    'error.unexpectedCase();',
  );
  return replaceFound(withoutValues, /this\.get\(name, (?:YText|YXmlElement|YXmlFragment|YArray)\)/g, 'this.get(name)');
}

/** What comes before something it builds on is refused, too, so nothing is ever pending when a document is encoded. */
function withoutPending(source: string): string {
  return replaceFound(source, /^ {2}\/\/ also add the pending updates[^]*?(?=^ {2}return updates\[0\])/m, '');
}

/** Of an event the document reads which keys changed, nothing else. */
function withoutEvents(source: string): string {
  return replaceFound(source, /^ {2}get (?:path|keys|delta|changes) \(\) \{\n[^]*?^ {2}\}\n/gm, '');
}

/** Nothing is formatted. */
function withoutText(source: string): string {
  return replaceFound(source, /^ +cleanupYTextAfterTransaction\(transaction\);$/m, '');
}
