import { createServerDatabase } from '@trolley/api/testing';
import { describe, expect, inject, it } from 'vitest';
import { measureTenYears, type Year } from './measure-ten-years.ts';

describe('measureTenYears', () => {
  it('S37 three years through the real api stay within the goals of ten', { timeout: 180_000 }, async () => {
    const { url, drop } = await createServerDatabase(inject('postgresUrl'));
    try {
      const { years, gzipBytes } = await measureTenYears(url, { years: 3 });
      expect(years).toHaveLength(3);
      for (const year of years) expectWithinGoals(year);
      const [, second, third] = years;
      expect(second?.epochs).toBeGreaterThanOrEqual(4);
      expect(third?.largest.encodedBytes).toBeLessThanOrEqual((second?.largest.encodedBytes ?? 0) * 1.25);
      expect(third?.stored.log).toBeLessThanOrEqual((second?.stored.log ?? 0) * 1.25);
      expect(gzipBytes).toBeLessThanOrEqual(45 * 1024);
    } finally {
      await drop();
    }
  });
});

function expectWithinGoals({ largest, ...year }: Year): void {
  expect(largest.encodedBytes).toBeGreaterThan(10_000);
  expect(largest.encodedBytes).toBeLessThanOrEqual(104 * 1024);
  expect(largest.clientIds).toBeLessThanOrEqual(800);
  expect(largest.structs).toBeLessThanOrEqual(5_000);
  expect(year.nothingNewBytes).toBeLessThanOrEqual(64);
  expect(year.pullFiveBytes).toBeLessThanOrEqual(1024);
  expect(year.pushFiveBytes).toBeLessThanOrEqual(1024);
}
