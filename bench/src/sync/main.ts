import { parseArgs } from 'node:util';
import { files } from '../page/files.ts';
import { writePage } from '../page/write-page.ts';
import { describeMachine, describeVersions } from './describe-machine.ts';
import { goalsOf, isMet } from './goals.ts';
import { installFolder } from '../install-folder.ts';
import { planFor, plans, type Plan } from './load-plan.ts';
import { whyNot } from './ramp.ts';
import { reportOf } from './report.ts';
import type { Results, Run } from './results.ts';
import { readResults, writeResults } from './results-file.ts';
import { runBench } from './run-bench.ts';
import { startEverything } from './start-everything.ts';
import { systems, type SystemName, type SystemPlan } from './systems.ts';

// `npm run bench -- sync`: our server beside others, in one run. bench/README.md says what it does and takes.

const { values: options } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    rate: { type: 'string' },
    only: { type: 'string' },
    flags: { type: 'string', default: '' },
    report: { type: 'boolean', default: false },
  },
});

if (options.report) {
  await writePage(files.readme, reportOf(readResults()));
} else {
  if (process.platform !== 'linux')
    throw new Error('The sync bench reads what processes cost from /proc: it runs on Linux.');
  const names = options.only?.split(',');
  const chosen = systems.filter(({ name }) => names === undefined || names.includes(name));
  const plan = choosePlan();
  const results = await measure(chosen, plan);
  console.log(`\n${reportOf(results)}`);
  // A part of it, or a hurried one, is for the eye only.
  if (names === undefined && plan === plans.whole) {
    await writeResults(results);
    await writePage(files.readme, reportOf(readResults()));
    process.exitCode = goalsOf(results).every(isMet) ? 0 : 1;
  }
}

function choosePlan(): Plan {
  if (options.rate !== undefined) return planFor(Number(options.rate));
  return options.short ? plans.short : plans.whole;
}

async function measure(chosen: readonly SystemPlan[], plan: Plan): Promise<Results> {
  await installFolder('peers');
  console.log('Starting Postgres, making accounts and lists, starting all servers …');
  const { bench, prepared, stop } = await startEverything(chosen, plan, options.flags.split(' ').filter(Boolean));
  try {
    const versions = await describeVersions(bench.sql);
    const measuredOn = new Date().toISOString().slice(0, 10);
    return { measuredOn, machine: describeMachine(), versions, systems: await runBench(bench, plan, prepared, tell) };
  } finally {
    await stop();
  }
}

function tell(name: SystemName, run: Run): void {
  const { rate, p50Ms, p99Ms, cpuUs, postgresCpuUs, redisCpuUs, generatorCores, othersCores } = run;
  const roles = Object.entries(run.cpuUsByRole).map(([role, us]) => `${role} ${us.toFixed(0)}`);
  const cells = [
    name.padEnd(20),
    `${rate}/s`.padStart(8),
    `p50 ${p50Ms.toFixed(2)}`.padStart(12),
    `p99 ${p99Ms.toFixed(2)} ms`.padStart(16),
    `${cpuUs.toFixed(0)} µs`.padStart(9),
    `(${roles.join(' + ')}, ${run.afterwardsCpuUs.toFixed(0)} of it afterwards)`.padEnd(46),
    `PG ${postgresCpuUs.toFixed(0)}`.padStart(8),
    `Redis ${redisCpuUs.toFixed(0)}`.padStart(10),
    `load ${generatorCores.toFixed(2)}`.padStart(10),
    `others ${othersCores.toFixed(2)}`.padStart(12),
    whyNot(run) ?? '',
  ];
  console.log(cells.join(' '));
}
