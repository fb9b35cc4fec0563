import { cpus } from 'node:os';
import { BenchApp } from './bench-app.ts';
import { measureColdStart } from './measure-cold-start.ts';
import { measureFirstVisit } from './measure-first-visit.ts';
import { measureTap } from './measure-tap.ts';
import { measureTwoPhones } from './measure-two-phones.ts';
import { toLine, type Measurement } from './measurement.ts';
import { measureTenYears } from './ten-years/measure-ten-years.ts';

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
  report(await measureColdStart(app));
  report(await measureTwoPhones(app));
}
const tenYears = measureTenYears();
report([
  { name: 'ten years of a family: encoded list', value: tenYears.encodedBytes / 1024, unit: 'kB', goal: 104 },
  { name: 'ten years of a family: gzipped', value: tenYears.gzipBytes / 1024, unit: 'kB', goal: 45 },
  { name: 'ten years of a family: load', value: tenYears.loadMs, unit: 'ms', goal: 15 },
  { name: 'ten years of a family: client ids', value: tenYears.clientIds, unit: 'ids', goal: 800 },
]);

const missed = measurements.filter(({ value, goal }) => goal !== null && value > goal);
console.log(missed.length === 0 ? '\nAll goals are met.' : `\n${String(missed.length)} goals are not met.`);
process.exitCode = missed.length === 0 ? 0 : 1;
