import { expect, it } from 'vitest';
import { figure, figureOr, roughly } from './figures.ts';

it.each([
  [0, '0'],
  [0.1234, '0.12'],
  [0.842, '0.84'],
  [1.5, '1.50'],
  [17.06, '17.1'],
  [118, '118'],
  [25_312.4, '25,312'],
])('a figure of %d is written %s', (value, text) => {
  expect(figure(value)).toBe(text);
});

it('a figure that there is not is a dash', () => {
  expect([figureOr(null), figureOr(undefined), figureOr(2)]).toEqual(['–', '–', '2.00']);
});

it.each([
  [950, '950'],
  [40_000, '40,000'],
  [1_200_000, '1.20 million'],
  [3.4e10, '34.0 billion'],
  [5e12, '5.00 trillion'],
])('a count of %d is written %s', (value, text) => {
  expect(roughly(value)).toBe(text);
});
