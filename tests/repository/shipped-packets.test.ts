import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { runInNewContext } from 'node:vm';
import { Encoder } from '@trolley/shared/wire';
import { describe, expect, it } from 'vitest';
import { notepackReplacements } from '../../web/build-plugins/replacements/notepack-replacements.ts';

const require = createRequire(new URL('../../shared/package.json', import.meta.url));

/** A function of the library as phones get it: its file for browsers, without what the build leaves out. */
function asShipped(name: 'encode' | 'decode'): (value: unknown) => unknown {
  const file = require.resolve(`notepack.io/browser/${name}.js`);
  const shipped = notepackReplacements.find(({ path }) => file.endsWith(path))?.replace(readFileSync(file, 'utf8'));
  const module: { exports: unknown } = { exports: null };
  const platform = { ArrayBuffer, DataView, Uint8Array, TextEncoder, TextDecoder };
  runInNewContext(String(shipped), { module, ...platform });
  const { exports } = module;
  if (typeof exports !== 'function') throw new TypeError(`${name} is gone`);
  return (value) => {
    const result: unknown = Reflect.apply(exports, null, [value]);
    return result;
  };
}

const values: readonly unknown[] = [
  ...[null, true, false, 0, 127, 128, 255, 65_535, 70_000, 2 ** 32 + 1, Date.UTC(2026, 0, 1), -1, -32, -33, -70_000],
  ...[1.5, -0.1, '', 'milk', 'Käse', '½ kg', '牛乳', '🥕', 'a'.repeat(40), 'ü'.repeat(200), '🛒'.repeat(20_000)],
  ...[[], [1, [2, 'drei']], Array.from({ length: 300 }, (_, index) => index), { code: 'busy', message: 'Später.' }],
];

describe('packets as phones write and read them', () => {
  const [encodeShipped, decodeShipped] = [asShipped('encode'), asShipped('decode')];

  it.for(values)('P11 %j is written in the same bytes, and read back', (value) => {
    const data = ['event', value];
    const [bytes] = new Encoder().encode({ type: 2, nsp: '/', data }).map((chunk) => new Uint8Array(chunk));
    const written = encodeShipped([2, data]);
    expect(written).toBeInstanceOf(ArrayBuffer);
    expect(written instanceof ArrayBuffer ? new Uint8Array(written) : null).toEqual(bytes);
    expect(decodeShipped(written)).toEqual([2, data]);
  });

  it('P11 bytes come as they were, and what has an end that is none is refused', () => {
    const update = new Uint8Array([1, 2, 3]).buffer;
    const written = encodeShipped([2, ['push', update]]);
    const read = decodeShipped(written);
    expect(Array.isArray(read) && Array.isArray(read[1]) ? read[1][1] : null).toEqual(update);
    expect(() => decodeShipped(new Uint8Array([0x92, 1]).buffer)).toThrow();
    expect(() => decodeShipped(new Uint8Array([0xd6, 0xff, 0, 0, 0, 0]).buffer)).toThrow('Could not parse');
  });
});
