import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readPlaywrightReport, readVitestReport, summaryLines } from './reports.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trolley-reports-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(report: unknown): string {
  const path = join(folder, 'report.json');
  writeFileSync(path, JSON.stringify(report));
  return path;
}

describe('the count of tests', () => {
  it('takes a skipped test of Vitest for a failed one', () => {
    const report = { numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 3 };
    expect(readVitestReport(write(report))).toEqual({ passed: 5, failed: 6 });
  });

  it('takes a skipped and a flaky test of Playwright for failed ones', () => {
    const report = { stats: { expected: 5, unexpected: 1, flaky: 2, skipped: 3 } };
    expect(readPlaywrightReport(write(report))).toEqual({ passed: 5, failed: 6 });
  });

  it('is one failure when a runner left no report', () => {
    const missing = join(folder, 'missing.json');
    expect([readVitestReport(missing), readPlaywrightReport(missing)]).toEqual(Array(2).fill({ passed: 0, failed: 1 }));
  });

  it('finds each runner’s own summary in what it printed', () => {
    const vitest = [
      ' ✓ a.test.ts',
      '\u001b[2m Test Files \u001b[22m 1 failed (1)',
      '      Tests  2 passed (2)',
      '   Start at  08:47:39',
    ];
    const playwright = ['  ✓ 1 [phone] › a.test.ts', '', '  1 failed', '    [phone] › a.test.ts', '  23 passed (1.2m)'];
    expect(summaryLines([...vitest, ...playwright].join('\n'))).toEqual([
      ' Test Files  1 failed (1)',
      '      Tests  2 passed (2)',
      '  1 failed',
      '  23 passed (1.2m)',
    ]);
  });
});
