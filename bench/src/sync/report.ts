import { figure, figureOr } from '../page/figures.ts';
import { markdownTable } from '../page/markdown-table.ts';
import { goalsOf, isMet, type Goal } from './goals.ts';
import { comparedRates, quietRate, ratePerNode } from './load-plan.ts';
import { whyNot } from './ramp.ts';
import type { Results, SystemResults } from './results.ts';
import { atRate, cpuRatio, disturbance, systemOf } from './summary.ts';
import { systems, type SystemName } from './systems.ts';

const bytesPerKb = 1_024;

/** What the bench has measured, as it stands in bench/README.md. */
export function reportOf(results: Results): string {
  return [
    preface(results),
    '### Goals',
    goalTable(goalsOf(results)),
    '### Speed and cost',
    speedTable(results),
    '### CPU per update beside the others, at 5,000/s (at 2,500/s where two nodes are compared)',
    ratioTable(results),
    '### Memory, and what a connection costs',
    weightTable(results),
    '### More nodes',
    nodesTable(results),
  ].join('\n\n');
}

function preface(results: Results): string {
  const { machine, versions } = results;
  const { meanCores, maxCores, generatorRuns } = disturbance(results);
  const strongest = Math.max(
    ...results.systems.flatMap(({ runs }) => runs.map(({ generatorCores }) => generatorCores)),
  );
  return [
    `Measured on ${results.measuredOn}: ${machine.cores} × ${machine.processor}, ${machine.memoryGb} GB, ${machine.system}, everything on it.`,
    `Node ${versions.node}, Postgres ${versions.postgres} (${versions.postgresSettings}), Redis ${versions.redis}.`,
    `Others used ${figure(meanCores)} of ${machine.cores} cores on the average, ${figure(maxCores)} at most.`,
    `The generator used ${figure(strongest)} of a core at most; ${generatorRuns} runs told more of it than of a server.`,
  ].join('\n');
}

function goalTable(goals: readonly Goal[]): string {
  const rows = goals.map((goal) => {
    const { title, value, bound, direction, unit } = goal;
    return [title, `${figureOr(value)} ${unit}`, `${direction} ${bound} ${unit}`, isMet(goal) ? 'met' : '**not met**'];
  });
  return markdownTable(['', 'measured', 'goal', ''], rows);
}

function speedTable(results: Results): string {
  const cpu = comparedRates.map((rate) => `µs at ${rate.toLocaleString('en-US')}/s`);
  const head = ['', `p50 ms at ${quietRate}/s`, 'p99 ms', ...cpu, 'Postgres µs', 'Redis µs', 'highest rate', 'then'];
  const rows = results.systems.map((system) => {
    const quiet = atRate(results, system.name, quietRate)?.quietest;
    const last = atRate(results, system.name, 5_000) ?? atRate(results, system.name, 2_500);
    return [
      titleOf(system.name),
      figureOr(quiet?.p50Ms),
      figureOr(quiet?.p99Ms),
      ...comparedRates.map((rate) => figureOr(atRate(results, system.name, rate)?.cpuUs)),
      figureOr(last?.postgresCpuUs),
      figureOr(last?.redisCpuUs),
      highest(system),
      whatStopped(system),
    ];
  });
  return markdownTable(head, rows);
}

/** `≥` where the bench ended before the system did. */
function highest({ name, highestRate, isHighestTheLast }: SystemResults): string {
  const plan = systems.find((system) => system.name === name);
  if (plan?.onlyRates !== null) return '–';
  return highestRate === null ? 'none' : `${isHighestTheLast ? '≥ ' : ''}${highestRate.toLocaleString('en-US')}/s`;
}

const reasons = {
  late: 'p99 ≥ 100 ms',
  lost: 'edits lost',
  refused: 'edits refused',
  generator: 'the generator',
} as const;

/** Why it did not keep up with the next rate. */
function whatStopped({ runs, highestRate }: SystemResults): string {
  const above = runs.filter(({ rate }) => rate > (highestRate ?? 0)).sort((a, b) => a.rate - b.rate);
  const [reason] = above.flatMap((run) => whyNot(run) ?? []);
  return reason === undefined ? '' : reasons[reason];
}

function ratioTable(results: Results): string {
  const ratio = (name: SystemName, other: SystemName, rate: number) => figureOr(cpuRatio(results, name, other, rate));
  const rows = results.systems.map(({ name }) => [
    titleOf(name),
    ratio(name, 'ws', 5_000),
    ratio(name, 'hocuspocusPostgres', 5_000),
    ratio(name, 'hocuspocusRedis', 2_500),
  ]);
  return markdownTable(['', '× `ws`', '× Hocuspocus, Postgres', '× Hocuspocus, Redis'], rows);
}

function weightTable(results: Results): string {
  const head = [
    '',
    'heap KB a list',
    'heap KB a connection',
    'process MB, empty',
    'ms to open a list, p50 / p99',
    'CPU ms of it',
    'CPU µs a second to stay',
  ];
  const rows = results.systems.flatMap(({ name, weight }) =>
    weight === null
      ? []
      : [
          [
            titleOf(name),
            figure(weight.heapPerList / bytesPerKb),
            figure(weight.heapPerConnection / bytesPerKb),
            byRole(weight.emptyRssByRole, 1 / bytesPerKb ** 2),
            `${figure(weight.connectP50Ms)} / ${figure(weight.connectP99Ms)}`,
            byRole(weight.connectCpuMsByRole),
            byRole(weight.idleCpuUsByRole),
          ],
        ],
  );
  return markdownTable(head, rows);
}

/** Of a system with one role its figure, of others one a role. */
function byRole(values: Readonly<Record<string, number>>, factor = 1): string {
  const entries = Object.entries(values);
  const [first] = entries;
  if (first !== undefined && entries.length === 1) return figure(first[1] * factor);
  return entries.map(([role, value]) => `${role} ${figure(value * factor)}`).join(', ');
}

function nodesTable(results: Results): string {
  const counts = { oneRelay: 1, twoRelays: 2, fourRelays: 4 } as const;
  const cell = (name: SystemName, rate: number) => {
    const measured = atRate(results, name, rate);
    if (measured === null) return '–';
    const { cpuUs, redisCpuUs, postgresCpuUs, allCpuUs } = measured;
    return `${figure(allCpuUs)} = ${figure(cpuUs)} + ${figure(redisCpuUs)} + ${figure(postgresCpuUs)}`;
  };
  const names: readonly (keyof typeof counts)[] = ['oneRelay', 'twoRelays', 'fourRelays'];
  const rows = names
    .filter((name) => systemOf(results, name) !== undefined)
    .map((name) => [String(counts[name]), cell(name, counts[name] * ratePerNode), cell(name, 2 * ratePerNode)]);
  const head = ['relays', '1,250/s each', '2,500/s in all'];
  return `All CPU in µs per update = servers + Redis + Postgres.\n\n${markdownTable(head, rows)}`;
}

function titleOf(name: SystemName): string {
  return systems.find((system) => system.name === name)?.title ?? name;
}
