import { replaceFound, type Replacement } from '../replacement.ts';

/** The packets hold no dates, no parts of a type of their own and no floats of four bytes; text is the platform's to write and read. */
export const notepackReplacements: readonly Replacement[] = [
  {
    path: '/notepack.io/browser/encode.js',
    replace: (source) =>
      replaceFound(
        withFunctions(source, [
          [
            'utf8Write',
            '(view, offset, text) { new TextEncoder().encodeInto(text, new Uint8Array(view.buffer, offset)); }',
          ],
          ['utf8Length', '(text) { return new TextEncoder().encode(text).length; }'],
        ]),
        /^ {4}if \(value instanceof Date\) \{\n[^]*?^ {4}\}\n/m,
        '',
      ),
  },
  {
    path: '/notepack.io/browser/decode.js',
    replace: (source) => {
      const read =
        '(view, at, length) { return new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + at, length)); }';
      const withoutTypes = replaceFound(
        withFunctions(source, [['utf8Read', read]]),
        /^ {4}\/\/ ext\n[^]*?(?=^ {4}case 0xcb:)/m,
        '',
      );
      return replaceFound(withoutTypes, /^ {4}\/\/ fixext\n[^]*?(?=^ {4}\/\/ str\n)/m, '');
    },
  },
];

function withFunctions(source: string, functions: readonly [name: string, rest: string][]): string {
  return functions.reduce(
    (code, [name, rest]) =>
      replaceFound(code, new RegExp(`^function ${name}\\([^]*?^\\}\\n`, 'm'), `function ${name}${rest}\n`),
    source,
  );
}
