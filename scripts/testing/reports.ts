import { existsSync, readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';

/** Tests by outcome. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
});

const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
});

/** Counts of Vitest's JSON report. A skipped test counts as failed: it proves nothing. Without a report, one failure. */
export function readVitestReport(path: string): Counts {
  if (!existsSync(path)) return { passed: 0, failed: 1 };
  const report = vitestReport.parse(JSON.parse(readFileSync(path, 'utf8')));
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numPendingTests + report.numTodoTests,
  };
}

/** Counts of Playwright's JSON report. Skipped and flaky tests count as failed. Without a report, one failure. */
export function readPlaywrightReport(path: string): Counts {
  if (!existsSync(path)) return { passed: 0, failed: 1 };
  const { stats } = playwrightReport.parse(JSON.parse(readFileSync(path, 'utf8')));
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + stats.skipped };
}

/** The lines in which Vitest or Playwright sums up its run. */
export function summaryLines(output: string): string[] {
  return stripVTControlCharacters(output)
    .split('\n')
    .filter(
      (line) =>
        /^\s*(Test Files|Tests|Errors) {2}\S/.test(line) ||
        /^ {2}\d+ (passed|failed|flaky|skipped|did not run|interrupted)\b/.test(line),
    );
}
