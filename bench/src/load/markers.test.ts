import { expect, it } from 'vitest';
import { findMarkers, marker } from './markers.ts';

it('markers are found wherever they are in a message', () => {
  const message = Buffer.concat([
    Buffer.from(`a${marker(0)}`),
    Buffer.of(0x7e, 200, 0),
    Buffer.from(`${marker(999_999)}~12345`),
  ]);
  expect(findMarkers(message)).toEqual([0, 999_999]);
});

it('markers are none where their sign stands for something else', () => {
  expect(findMarkers(Buffer.from('~12345x ~~ ~'))).toEqual([]);
});
