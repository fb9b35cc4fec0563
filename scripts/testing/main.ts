import { stages, type StageResult } from './stages.ts';

const names = process.argv.slice(2);
const unknown = names.filter((name) => stages.every((stage) => stage.name !== name));
if (unknown.length > 0) {
  console.error(`No such stage: ${unknown.join(', ')}. There are: ${stages.map(({ name }) => name).join(', ')}.`);
  process.exit(1);
}
const chosen = stages.filter(({ name }) => names.length === 0 || name === 'build' || names.includes(name));

const results: (StageResult & { name: string; seconds: string })[] = [];
for (const stage of chosen) {
  const { name } = stage;
  console.log(`\n── ${name}: ${stage.title}`);
  const startedAtMs = performance.now();
  const result = await stage.run();
  const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1);
  console.log(`── ${name}: ${verdict(result)} in ${seconds} s`);
  results.push({ ...result, name, seconds });
  if (result.isStopped) process.exit(130);
}

console.log('\n── Summary');
for (const result of results) {
  console.log(`${result.name.padEnd(12)} ${result.seconds.padStart(6)} s  ${verdict(result)}`);
}
for (const { name, summary } of results) {
  if (summary.length > 0) console.log(`\n${name}\n${summary.join('\n')}`);
}
const passed = results.reduce((sum, result) => sum + result.passed, 0);
const failed = results.reduce((sum, result) => sum + result.failed, 0);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function verdict({ failed }: StageResult): string {
  return failed === 0 ? 'passed' : 'FAILED';
}
