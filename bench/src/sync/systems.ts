import type { DialectName } from '../load/dialects/dialects.ts';
import { ratePerNode } from './load-plan.ts';

/** A sync server, or several that work together, as it is set up for the bench. */
export interface SystemPlan {
  readonly name: SystemName;
  /** As the table calls it. */
  readonly title: string;
  readonly dialect: DialectName;
  /** Servers that clients connect to. The members of a list are spread over them in turn. */
  readonly nodes: number;
  readonly usesRedis: boolean;
  readonly usesPostgres: boolean;
  /** The only rates it is driven at; null: at all of them. */
  readonly onlyRates: readonly number[] | null;
  /** Shortest time after a step in which it may still have work: what it does later for the updates is counted too. */
  readonly settleMs: number;
  /** Whether its memory is measured. */
  readonly isWeighed: boolean;
}

export const systemNames = [
  'ws',
  'yWebsocket',
  'hocuspocusPostgres',
  'hocuspocusRedis',
  'oneProcess',
  'relayAndApi',
  'oneRelay',
  'twoRelays',
  'fourRelays',
] as const;
export type SystemName = (typeof systemNames)[number];

/** Hocuspocus stores a document two seconds after its last edit, we take snapshots when there is time. */
const storesLaterMs = 2_600;
const soonMs = 500;

const peer = { usesRedis: false, usesPostgres: false, onlyRates: null, nodes: 1, isWeighed: true } as const;
const ours = { ...peer, dialect: 'trolley', usesPostgres: true, settleMs: storesLaterMs } as const;

export const systems: readonly SystemPlan[] = [
  { ...peer, name: 'ws', title: 'bare `ws` relay', dialect: 'bare', settleMs: soonMs },
  { ...peer, name: 'yWebsocket', title: 'y-websocket, in memory', dialect: 'yWebsocket', settleMs: soonMs },
  {
    ...peer,
    name: 'hocuspocusPostgres',
    title: 'Hocuspocus, Postgres',
    dialect: 'hocuspocus',
    usesPostgres: true,
    settleMs: storesLaterMs,
  },
  {
    ...peer,
    name: 'hocuspocusRedis',
    title: 'Hocuspocus, two nodes, Redis',
    dialect: 'hocuspocus',
    nodes: 2,
    usesRedis: true,
    settleMs: soonMs,
    isWeighed: false,
  },
  { ...ours, name: 'oneProcess', title: '**Trolley, one process**' },
  { ...ours, name: 'relayAndApi', title: '**Trolley, relay and api**' },
  {
    ...ours,
    name: 'oneRelay',
    title: 'Trolley, relay, api and Redis',
    usesRedis: true,
    onlyRates: [ratePerNode, 2 * ratePerNode],
    isWeighed: false,
  },
  {
    ...ours,
    name: 'twoRelays',
    title: '**Trolley, two relays, api and Redis**',
    nodes: 2,
    usesRedis: true,
    isWeighed: false,
  },
  {
    ...ours,
    name: 'fourRelays',
    title: 'Trolley, four relays, api and Redis',
    nodes: 4,
    usesRedis: true,
    onlyRates: [2 * ratePerNode, 4 * ratePerNode],
    isWeighed: false,
  },
];

/** Whether a system is driven at a rate. What one node gets is asked of those only that are there to be compared by their number of nodes. */
export function isDrivenAt({ onlyRates }: SystemPlan, rate: number): boolean {
  if (onlyRates !== null) return onlyRates.includes(rate);
  return rate !== ratePerNode;
}
