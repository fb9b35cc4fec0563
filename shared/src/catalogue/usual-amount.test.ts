import { expect, it } from 'vitest';
import { usualAmount } from './usual-amount.ts';

it.each([
  [500, '', 'kg', 'g'],
  [250, '', 'ml', 'ml'],
  [2, '', 'kg', ''],
  [500, 'mg', 'kg', 'mg'],
  [100, '', 'bunch', ''],
  [100, '', undefined, ''],
] as const)('W9 %s %s of what is bought by the %s is in %j', (quantity, unit, usualUnit, expected) => {
  expect(usualAmount({ quantity, unit }, usualUnit)).toEqual({ quantity, unit: expected });
});
