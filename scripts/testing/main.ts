import { stages, type Stage, type StageResult } from './stages.ts';

interface EndedStage extends StageResult {
  readonly name: string;
  readonly seconds: string;
}

const names = process.argv.slice(2);
const unknown = names.filter((name) => stages.every((stage) => stage.name !== name));
if (unknown.length > 0) {
  console.error(`No such stage: ${unknown.join(', ')}. There are: ${stages.map(({ name }) => name).join(', ')}.`);
  process.exit(1);
}
const chosen = stages.filter(({ name }) => names.length === 0 || name === 'build' || names.includes(name));

const results: EndedStage[] = [];
for (const group of groupStages(chosen)) {
  results.push(...(await Promise.all(group.map(runStage))));
  if (results.some(({ isStopped }) => isStopped)) process.exit(130);
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

/** Stages that run side by side: silent ones that follow each other. The build is what all others read. */
function groupStages(all: readonly Stage[]): Stage[][] {
  const groups: Stage[][] = [];
  for (const stage of all) {
    const before = groups.at(-1);
    const isBeside = before?.every(({ name, isSilent }) => isSilent && name !== 'build') === true && stage.isSilent;
    if (isBeside) before.push(stage);
    else groups.push([stage]);
  }
  return groups;
}

async function runStage({ name, title, run }: Stage): Promise<EndedStage> {
  console.log(`\n── ${name}: ${title}`);
  const startedAtMs = performance.now();
  const result = await run();
  const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1);
  if (result.output !== '') console.error(`\n${result.output}`);
  console.log(`── ${name}: ${verdict(result)} in ${seconds} s`);
  return { ...result, name, seconds };
}
