import type { Results, Run, SystemResults, Weight } from '../sync/results.ts';
import { systemOf } from '../sync/summary.ts';
import type { SystemName } from '../sync/systems.ts';

/** Microseconds of CPU for an edit, at a rate of so many a second at one node: less where more of them share a batch. */
export type EditCost = (rate: number) => number;

/** What our servers use, as the bench has measured it. */
export interface Costs {
  /** Everything in one process. */
  readonly together: NodeCosts;
  /** A relay and an api as processes of their own, with Redis between relays. */
  readonly relay: NodeCosts;
  readonly api: NodeCosts;
  readonly postgresEditUs: EditCost;
  readonly postgresOpenMs: number;
  readonly redisEditUs: EditCost;
  readonly redisCommandsPerEdit: number;
  readonly walBytesPerEdit: number;
  readonly storedBytesPerEdit: number;
  readonly commitsPerEdit: EditCost;
  /** Over the clients' connections, both ways. */
  readonly bytesPerEdit: number;
  readonly bytesPerOpen: number;
  readonly heapPerConnection: number;
  readonly heapPerList: number;
}

/** What one kind of process uses. */
export interface NodeCosts {
  readonly editUs: EditCost;
  readonly openMs: number;
  /** Microseconds a second for a connection that only stays. */
  readonly staysUs: number;
  readonly emptyBytes: number;
}

/** Above this rate an edit's bytes are measured over so many edits that what happens besides does not count. */
const byteRate = 2_500;

/** What a list may take by the goals. A difference of two heaps can come out smaller, even below nothing: nobody plans with that. */
const leastHeapPerList = 5 * 1024;

/** Throws where the bench has not measured what is needed. */
export function costsOf(results: Results): Costs {
  const [one, apart, two] = [need(results, 'oneProcess'), need(results, 'relayAndApi'), need(results, 'twoRelays')];
  const [oneWeight, apartWeight] = [weightOf(one), weightOf(apart)];
  const typical = one.runs.find(({ rate }) => rate === byteRate) ?? missing(`oneProcess at ${byteRate}/s`);
  return {
    together: nodeCosts(
      oneWeight,
      'server',
      curve(one.runs, ({ cpuUs }) => cpuUs),
    ),
    // Of two relays each has half of the edits.
    relay: nodeCosts(apartWeight, 'relay', curve(two.runs, byRole('relay'), 2)),
    api: nodeCosts(apartWeight, 'api', curve(two.runs, byRole('api'))),
    postgresEditUs: curve(two.runs, ({ postgresCpuUs }) => postgresCpuUs),
    postgresOpenMs: apartWeight.connectPostgresCpuMs,
    redisEditUs: curve(two.runs, ({ redisCpuUs }) => redisCpuUs),
    redisCommandsPerEdit: two.runs.find(({ rate }) => rate === byteRate)?.redisCommands ?? missing('commands of Redis'),
    walBytesPerEdit: typical.walBytes,
    storedBytesPerEdit: typical.storedBytes,
    commitsPerEdit: curve(two.runs, ({ commits }) => commits),
    bytesPerEdit: typical.bytesIn + typical.bytesOut,
    bytesPerOpen: oneWeight.connectBytes,
    heapPerConnection: oneWeight.heapPerConnection,
    heapPerList: Math.max(oneWeight.heapPerList, leastHeapPerList),
  };
}

/** A figure that was measured at some rates, for any: straight between two of them on a scale of magnitudes, the same beyond the last. */
export function curve(runs: readonly Run[], pick: (run: Run) => number, nodes = 1): EditCost {
  const rates = [...new Set(runs.map(({ rate }) => rate))].sort((a, b) => a - b);
  const points = rates.map((rate) => {
    const values = runs.filter((run) => run.rate === rate).map(pick);
    return { rate: rate / nodes, value: values.reduce((sum, value) => sum + value, 0) / values.length };
  });
  return (rate) => {
    const above = points.findIndex((point) => point.rate >= rate);
    const [left, right] = [points[above - 1], points[above]];
    if (right === undefined) return points.at(-1)?.value ?? missing('any run');
    if (left === undefined) return right.value;
    const share = Math.log(rate / left.rate) / Math.log(right.rate / left.rate);
    return left.value + share * (right.value - left.value);
  };
}

function nodeCosts(weight: Weight, role: string, editUs: EditCost): NodeCosts {
  return {
    editUs,
    openMs: weight.connectCpuMsByRole[role] ?? missing(`what ${role} does for a connection`),
    staysUs: weight.idleCpuUsByRole[role] ?? missing(`what ${role} does for an idle connection`),
    emptyBytes: weight.emptyRssByRole[role] ?? missing(`memory of ${role}`),
  };
}

const byRole =
  (role: string) =>
  ({ cpuUsByRole }: Run): number =>
    cpuUsByRole[role] ?? missing(`what ${role} does for an edit`);

function need(results: Results, name: SystemName): SystemResults {
  return systemOf(results, name) ?? missing(name);
}

function weightOf({ weight, name }: SystemResults): Weight {
  return weight ?? missing(`memory of ${name}`);
}

function missing(what: string): never {
  throw new Error(`the bench has not measured ${what}`);
}
