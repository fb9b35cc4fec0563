import type { Assumptions } from './assumptions.ts';
import type { Costs, NodeCosts } from './costs.ts';
import { demandOf, type Demand } from './demand.ts';
import { connectionBytes, nodeCores, postgresCores, storedBytes } from './places.ts';

/** What has to run for so many families, with every part in processes of its own, and what that takes. */
export interface Fleet {
  readonly demand: Demand;
  readonly relays: number;
  readonly apis: number;
  readonly redisNodes: number;
  readonly postgresPrimaries: number;
  /** Cores that are rented, standbys included. */
  readonly cores: number;
  readonly memoryBytes: number;
  /** Once, without standbys. */
  readonly storedBytes: number;
  readonly walBytesADay: number;
  readonly commitsPerSecond: number;
  readonly redisCommandsPerSecond: number;
  readonly trafficBytesAMonth: number;
  readonly dollarsAMonth: number;
  /** What asks for more than one of itself first: the part that would break if there were one. */
  readonly breaksFirst: string;
}

const usPerSecond = 1_000_000;
const bytesPerGb = 1e9;
const daysAMonth = 30;
/** So that one may die. */
const fewestNodes = 2;

export function fleetFor(families: number, costs: Costs, assumed: Assumptions): Fleet {
  const demand = demandOf(families, assumed);
  const { editsPerSecond, editsADay, opensADay } = demand;
  const { usableShare, copies } = assumed;
  const relays = nodesNeeded(demand, costs.relay, assumed, demand.connections / assumed.connectionsPerRelay);
  const apis = nodesNeeded(demand, costs.api, assumed, 0);
  const redisCores = (editsPerSecond * costs.redisEditUs(editsPerSecond)) / usPerSecond;
  const redisNodes = Math.max(1, Math.ceil(redisCores / usableShare));
  const stored = storedBytes(demand, costs, assumed);
  const database = databases(postgresCores(demand, costs), stored, assumed);
  const trafficBytesAMonth = daysAMonth * (editsADay * costs.bytesPerEdit + opensADay * costs.bytesPerOpen);
  const cores = relays + apis + copies * (redisNodes + database.cores);
  const { prices } = assumed;
  return {
    demand,
    relays,
    apis,
    redisNodes,
    postgresPrimaries: database.primaries,
    cores,
    memoryBytes:
      relays * costs.relay.emptyBytes + apis * costs.api.emptyBytes + connectionBytes(demand, costs, assumed),
    storedBytes: stored,
    walBytesADay: editsADay * costs.walBytesPerEdit,
    commitsPerSecond: editsPerSecond * costs.commitsPerEdit(editsPerSecond),
    redisCommandsPerSecond: editsPerSecond * costs.redisCommandsPerEdit,
    trafficBytesAMonth,
    dollarsAMonth:
      cores * prices.core +
      ((copies * stored) / assumed.usableDisk / bytesPerGb) * prices.diskGb +
      (trafficBytesAMonth / bytesPerGb) * prices.trafficGb,
    breaksFirst: scarcest({
      'connections of a relay': demand.connections / assumed.connectionsPerRelay,
      'CPU of a relay': nodeCores(demand, costs.relay, relays) / usableShare,
      'CPU of an api node': nodeCores(demand, costs.api, apis) / usableShare,
      'CPU of Redis': redisCores / usableShare,
      'CPU of Postgres': database.cpuShare,
      'disk of Postgres': database.diskShare,
    }),
  };
}

/** Each process has one core. A node's edits cost less the more of them it has: so nodes are added until what they have fits. */
function nodesNeeded(demand: Demand, node: NodeCosts, { usableShare }: Assumptions, atLeast: number): number {
  let count = Math.max(fewestNodes, Math.ceil(atLeast));
  for (;;) {
    const needed = Math.ceil(nodeCores(demand, node, count) / usableShare);
    if (needed <= count) return count;
    count = needed;
  }
}

/** Primaries that are needed, and how much of one the whole would take. */
function databases(cores: number, stored: number, assumed: Assumptions) {
  const { usableShare, usableDisk, postgresCores: coresOfOne, postgresDiskGb } = assumed;
  const cpuShare = cores / (usableShare * coresOfOne);
  const diskShare = stored / (usableDisk * postgresDiskGb * bytesPerGb);
  const primaries = Math.max(1, Math.ceil(cpuShare), Math.ceil(diskShare));
  return { cpuShare, diskShare, primaries, cores: Math.max(primaries, Math.ceil(cores / usableShare)) };
}

function scarcest(shares: Readonly<Record<string, number>>): string {
  const [first] = Object.entries(shares).sort(([, a], [, b]) => b - a);
  return first?.[0] ?? '';
}
