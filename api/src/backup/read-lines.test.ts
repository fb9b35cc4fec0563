import { expect, it } from 'vitest';
import { readLines } from './read-lines.ts';

it.each([
  [['a\nb\n'], ['a', 'b']],
  [
    ['a\n', '\nb'],
    ['a', '', 'b'],
  ],
  [
    ['a', 'b\nc', 'd\n', 'e'],
    ['ab', 'cd', 'e'],
  ],
  [
    ['x\u2028y\r\n', '🛒\n'],
    ['x\u2028y\r', '🛒'],
  ],
  [[], []],
])('S50 lines end where they end, however the stream is cut: %j', async (chunks, lines) => {
  const read: string[] = [];
  async function* stream() {
    for (const chunk of chunks) yield await Promise.resolve(Buffer.from(chunk));
  }
  for await (const line of readLines(stream())) read.push(line.toString());
  expect(read).toEqual(lines);
});
