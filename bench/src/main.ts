import { cpus } from 'node:os';
import { startPostgres } from '@trolley/scripts/services/postgres';
import { BenchApp } from './bench-app.ts';
import { measureColdStart } from './measure-cold-start.ts';
import { measureFirstVisit } from './measure-first-visit.ts';
import { measureLighthouse } from './measure-lighthouse.ts';
import { measureLongList } from './measure-long-list.ts';
import { measureTap } from './measure-tap.ts';
import { measureTwoPhones } from './measure-two-phones.ts';
import { toLine, type Measurement } from './measurement.ts';
import { measureTenYears } from './ten-years/measure-ten-years.ts';
import { reportTenYears } from './ten-years/report-ten-years.ts';

console.log(
  `Trolley's bench: ${String(cpus().length)} × ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}\n`,
);

const measurements: Measurement[] = [];
const report = (lines: readonly Measurement[]) => {
  measurements.push(...lines);
  for (const line of lines) console.log(toLine(line));
};

{
  await using app = await BenchApp.start();
  report(await measureFirstVisit(app));
  report(await measureTap(app));
  report(await measureLongList(app));
  report(await measureColdStart(app));
  report(await measureTwoPhones(app));
  report(await measureLighthouse(app));
}
{
  const server = await startPostgres();
  try {
    report(reportTenYears(await measureTenYears(server.url)));
  } finally {
    await server.stop();
  }
}

const missed = measurements.filter(({ value, goal }) => goal !== null && value > goal);
console.log(missed.length === 0 ? '\nAll goals are met.' : `\n${String(missed.length)} goals are not met.`);
process.exitCode = missed.length === 0 ? 0 : 1;
