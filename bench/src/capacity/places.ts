import type { Assumptions } from './assumptions.ts';
import type { Costs } from './costs.ts';
import { demandOf, type Demand } from './demand.ts';

/** Somewhere to run it. */
export interface Place {
  readonly title: string;
  readonly runs: string;
  /** Processes beside each other; null: one process has all of it. */
  readonly nodes: { readonly relays: number; readonly apis: number } | null;
  readonly cores: number;
  /** Speed of a core as a multiple of the bench's. */
  readonly speed: number;
  readonly memoryGb: number;
  readonly diskGb: number;
  /** Dollars a month; null: it is bought once. */
  readonly price: number | null;
}

export const places: readonly Place[] = [
  {
    title: 'Raspberry Pi 4',
    runs: 'one process and Postgres',
    nodes: null,
    cores: 4,
    speed: 0.25,
    memoryGb: 4,
    diskGb: 64,
    price: null,
  },
  {
    title: 'small VPS',
    runs: 'one process and Postgres',
    nodes: null,
    cores: 2,
    speed: 1,
    memoryGb: 4,
    diskGb: 80,
    price: 10,
  },
  {
    title: 'one large machine',
    runs: 'gateway, 8 relays, 4 api nodes, Postgres, Redis',
    nodes: { relays: 8, apis: 4 },
    cores: 16,
    speed: 1,
    memoryGb: 64,
    diskGb: 2_000,
    price: 240,
  },
];

/** How much of something is in use: 1 is all that may be. */
export interface Use {
  readonly what: string;
  readonly share: number;
}

const bytesPerGb = 1e9;
const usPerSecond = 1_000_000;
const msPerSecond = 1_000;
/** Postgres and the system, before anything else. */
const systemBytes = 1e9;

/** What so many families use of a place, the scarcest first. */
export function usesOf(place: Place, families: number, costs: Costs, assumed: Assumptions): Use[] {
  const demand = demandOf(families, assumed);
  const { usableShare, usableDisk } = assumed;
  const processes = place.nodes === null ? together(demand, costs) : apart(demand, costs, place.nodes);
  const cores = processes.reduce((sum, { cores: used }) => sum + used, 0) + postgresCores(demand, costs);
  const uses = [
    ...processes.map(({ what, cores: used, count }) => ({ what, share: used / count / (usableShare * place.speed) })),
    { what: 'all cores together', share: cores / (usableShare * place.speed * place.cores) },
    { what: 'memory', share: memoryBytes(demand, costs, assumed, processes) / (place.memoryGb * bytesPerGb) },
    { what: 'disk', share: storedBytes(demand, costs, assumed) / (usableDisk * place.diskGb * bytesPerGb) },
  ];
  return uses.sort((a, b) => b.share - a.share);
}

/** One kind of process: what all of them use together, in cores of the bench. */
interface Processes {
  readonly what: string;
  readonly count: number;
  readonly cores: number;
  readonly emptyBytes: number;
}

function together(demand: Demand, { together: costs }: Costs): Processes[] {
  const cores = nodeCores(demand, costs, 1);
  return [{ what: 'the process', count: 1, cores, emptyBytes: costs.emptyBytes }];
}

function apart(demand: Demand, costs: Costs, { relays, apis }: { relays: number; apis: number }): Processes[] {
  const { relay, api } = costs;
  const redis = (demand.editsPerSecond * costs.redisEditUs(demand.editsPerSecond)) / usPerSecond;
  return [
    { what: 'relays', count: relays, cores: nodeCores(demand, relay, relays), emptyBytes: relay.emptyBytes },
    { what: 'api nodes', count: apis, cores: nodeCores(demand, api, apis), emptyBytes: api.emptyBytes },
    { what: 'Redis', count: 1, cores: redis, emptyBytes: 0 },
  ];
}

/** Cores that all nodes of a kind use together. */
export function nodeCores(demand: Demand, node: Costs['relay'], count: number): number {
  const { editsPerSecond, opensPerSecond, connections } = demand;
  const edits = (editsPerSecond * node.editUs(editsPerSecond / count)) / usPerSecond;
  return edits + (opensPerSecond * node.openMs) / msPerSecond + (connections * node.staysUs) / usPerSecond;
}

export function postgresCores({ editsPerSecond, opensPerSecond }: Demand, costs: Costs): number {
  const edits = (editsPerSecond * costs.postgresEditUs(editsPerSecond)) / usPerSecond;
  return edits + (opensPerSecond * costs.postgresOpenMs) / msPerSecond;
}

/** The log of all that may be looked back to, the snapshots that are kept with it, and past epochs. Once, without a standby's copy. */
export function storedBytes({ editsADay, families }: Demand, costs: Costs, assumed: Assumptions): number {
  const { historyDays, snapshotBytes, pastEpochBytesAYear, listYears } = assumed;
  const log = editsADay * historyDays * costs.storedBytesPerEdit;
  return log + families * (snapshotBytes + listYears * pastEpochBytesAYear);
}

export function connectionBytes({ connections }: Demand, costs: Costs, { memoryPerHeap }: Assumptions): number {
  // Dearest where nobody has a list open together with somebody else.
  return connections * (costs.heapPerConnection + costs.heapPerList) * memoryPerHeap;
}

function memoryBytes(demand: Demand, costs: Costs, assumed: Assumptions, processes: readonly Processes[]): number {
  const empty = processes.reduce((sum, { count, emptyBytes }) => sum + count * emptyBytes, 0);
  return systemBytes + empty + connectionBytes(demand, costs, assumed);
}

/** How many families a place holds, what breaks first when there are more, and what would be next. */
export function holds(place: Place, costs: Costs, assumed: Assumptions): { families: number; first: Use; next: Use } {
  let [fits, breaks] = [0, 1];
  const isTooMuch = (families: number) => (usesOf(place, families, costs, assumed)[0]?.share ?? 0) > 1;
  while (!isTooMuch(breaks)) breaks *= 2;
  while (breaks - fits > 1) {
    const middle = Math.floor((fits + breaks) / 2);
    if (isTooMuch(middle)) breaks = middle;
    else fits = middle;
  }
  const [first, next] = usesOf(place, fits, costs, assumed);
  if (first === undefined || next === undefined) throw new Error('a place has limits');
  return { families: fits, first, next };
}
