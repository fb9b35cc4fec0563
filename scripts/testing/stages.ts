import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { turboArgs } from '../build.mjs';
import { findOrInstallChromium } from '../services/chromium.ts';
import { environment, nodePath, run, toolPath } from '../toolchain.mjs';
import { readPlaywrightReport, readVitestReport, summaryLines, type Counts } from './reports.ts';

/** One part of `npm test`. */
export interface Stage {
  readonly name: string;
  readonly title: string;
  /** Whether it may run beside others of its kind: it waits for nobody's time and prints nothing before its end. */
  readonly isSilent: boolean;
  readonly run: () => Promise<StageResult>;
}

/** What a stage counts for in the closing line. A stage that is no test runner counts as one. */
export interface StageResult extends Counts {
  /** The runner's own summary; empty when it has none. */
  readonly summary: readonly string[];
  /** What it had to say, where it has not been printed yet. */
  readonly output: string;
  /** Whether somebody stopped the run meanwhile. */
  readonly isStopped: boolean;
}

/**
 * The build comes first and is part of every run: it also writes the generated types of the web app, which the linter, the type check
 * and the tests read.
 */
export const stages: readonly Stage[] = [
  silent('build', 'what changed of the web app', () => turboArgs('build')),
  silent('types', 'tsc and svelte-check', () => [...turboArgs('check'), '--continue']),
  tool('lint', 'ESLint, with the import directions', 'eslint', ['.', '--max-warnings=0']),
  tool('format', 'Prettier', 'prettier', ['--check', '--log-level=warn', '.']),
  tool('unused', 'knip: files, exports and dependencies that nothing uses', 'knip', []),
  silent('lock', 'package-lock.json is complete and names no host', () => ['scripts/testing/check-lock.ts']),
  vitest('unit', 'pure code, fakes, and the rules of the repository'),
  vitest('shipped', 'the document with what phones load of its libraries'),
  vitest('simulation', 'seeded histories of several devices'),
  vitest('integration', 'real Postgres, Redis and nginx, real processes'),
  vitest('engines', 'one journey in WebKit and Firefox, where they can be had'),
  vitest('chaos', 'each fault once, while phones write'),
  { name: 'e2e', title: 'Playwright in real Chromium', isSilent: false, run: runPlaywright },
];

function tool(name: string, title: string, packageName: string, args: readonly string[]): Stage {
  return silent(name, title, () => [toolPath(packageName), ...args]);
}

/** A script that counts as one test. `args` is asked when its turn has come. */
function silent(name: string, title: string, args: () => readonly string[]): Stage {
  return { name, title, isSilent: true, run: async () => runOnce(args()) };
}

async function runOnce(args: readonly string[]): Promise<StageResult> {
  const { code, output, stoppedBy } = await run(nodePath, args, { output: 'keep' });
  return {
    passed: code === 0 ? 1 : 0,
    failed: code === 0 ? 0 : 1,
    summary: [],
    output: code === 0 ? '' : output,
    isStopped: stoppedBy !== null,
  };
}

function vitest(project: string, title: string): Stage {
  const runVitest = async () =>
    runCounted(readVitestReport, (report) => ({
      args: [
        toolPath('vitest'),
        'run',
        '--project',
        project,
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${report}`,
      ],
      env: {},
    }));
  return { name: project, title, isSilent: false, run: runVitest };
}

async function runPlaywright(): Promise<StageResult> {
  try {
    const chromium = await findOrInstallChromium();
    return await runCounted(readPlaywrightReport, (report) => ({
      args: [
        toolPath('@playwright/test', 'playwright'),
        'test',
        '--config=tests/playwright.config.ts',
        '--reporter=list,json',
      ],
      env: { CHROMIUM_PATH: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    }));
  } catch (error) {
    const output = error instanceof Error ? error.message : String(error);
    return { passed: 0, failed: 1, summary: [], output, isStopped: false };
  }
}

/** Runs a test runner that leaves a JSON report, and counts by that. */
async function runCounted(
  read: (reportPath: string) => Counts,
  command: (reportPath: string) => { args: readonly string[]; env: NodeJS.ProcessEnv },
): Promise<StageResult> {
  const folder = mkdtempSync(join(tmpdir(), 'trolley-report-'));
  try {
    const report = join(folder, 'report.json');
    const { args, env } = command(report);
    const { code, output, stoppedBy } = await run(nodePath, args, { output: 'tee', env: { ...environment, ...env } });
    const { passed, failed } = read(report);
    // A runner can also fail as a whole: no tests, a file that does not load, an error between two tests.
    return {
      passed,
      failed: code === 0 ? failed : Math.max(failed, 1),
      summary: summaryLines(output),
      output: '',
      isStopped: stoppedBy !== null,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
