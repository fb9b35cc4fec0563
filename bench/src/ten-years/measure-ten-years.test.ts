import { describe, expect, it } from 'vitest';
import { measureTenYears } from './measure-ten-years.ts';

describe('measureTenYears', () => {
  it('D6 a year and a bit stays within the goals of ten, and is the same every time', { timeout: 60_000 }, () => {
    const { loadMs, ...sizes } = measureTenYears({ weeks: 60 });
    expect(sizes.encodedBytes).toBeGreaterThan(10_000);
    expect(sizes.encodedBytes).toBeLessThanOrEqual(104 * 1024);
    expect(sizes.gzipBytes).toBeLessThanOrEqual(45 * 1024);
    expect(sizes.clientIds).toBeLessThanOrEqual(800);
    expect(sizes.structs).toBeLessThanOrEqual(5_000);
    expect(loadMs).toBeGreaterThan(0);
    expect(measureTenYears({ weeks: 60 })).toMatchObject(sizes);
  });
});
