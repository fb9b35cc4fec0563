import { figure, roughly } from '../page/figures.ts';
import { markdownTable } from '../page/markdown-table.ts';
import type { Results } from '../sync/results.ts';
import type { Assumptions } from './assumptions.ts';
import { costsOf, type Costs } from './costs.ts';
import { fleetFor, type Fleet } from './fleet.ts';
import { holds, places } from './places.ts';

const sizes = [1_000, 10_000, 100_000, 1_000_000, 10_000_000] as const;

/** The tables of docs/scaling.md. */
export function capacityReport(results: Results, assumed: Assumptions): string {
  const costs = costsOf(results);
  const fleets = sizes.map((families) => fleetFor(families, costs, assumed));
  return [
    `Computed from the bench of ${results.measuredOn} (${results.machine.cores} × ${results.machine.processor}).`,
    '### What is assumed',
    assumptionTable(assumed),
    '### What is measured',
    costTable(costs),
    '### How many families fit, and what breaks first',
    placeTable(costs, assumed),
    '### What they ask for in the busiest hour',
    demandTable(fleets),
    '### What has to run',
    fleetTable(fleets),
    '### What it costs',
    moneyTable(fleets, assumed),
  ].join('\n\n');
}

function assumptionTable(assumed: Assumptions): string {
  const { prices } = assumed;
  return markdownTable(
    ['', ''],
    [
      ['edits a family and day', figure(assumed.editsADay)],
      ['times a family opens its list a day', figure(assumed.opensADay)],
      ['minutes a day for which its phones are connected', figure(assumed.connectedMinutesADay)],
      ['busiest hour, as a multiple of the mean', figure(assumed.peakFactor)],
      ['days of history', figure(assumed.historyDays)],
      ['bytes of the snapshots that are kept with it', figure(assumed.snapshotBytes)],
      [
        'bytes of past epochs a year, and years of a list',
        `${figure(assumed.pastEpochBytesAYear)}, ${assumed.listYears}`,
      ],
      ['share of a core in use at the peak, and of a disk', `${assumed.usableShare}, ${assumed.usableDisk}`],
      ['memory for a byte of live heap', figure(assumed.memoryPerHeap)],
      ['connections of one relay', figure(assumed.connectionsPerRelay)],
      ['cores and GB of the largest Postgres', `${assumed.postgresCores}, ${figure(assumed.postgresDiskGb)}`],
      [
        'dollars a month for a core with its memory, a GB of disk; for a GB of traffic',
        `${prices.core}, ${prices.diskGb}, ${prices.trafficGb}`,
      ],
    ],
  );
}

function costTable(costs: Costs): string {
  const edit = (rate: number) => [
    figure(costs.together.editUs(rate)),
    figure(costs.relay.editUs(rate)),
    figure(costs.api.editUs(rate)),
    figure(costs.postgresEditUs(rate)),
    figure(costs.redisEditUs(rate)),
  ];
  const { together, relay, api } = costs;
  const none = '–';
  return markdownTable(
    ['', 'one process', 'relay', 'api', 'Postgres', 'Redis'],
    [
      ['CPU µs of an edit, 200/s at a node', ...edit(200)],
      ['CPU µs of an edit, 2,500/s at a node', ...edit(2_500)],
      [
        'CPU ms to open a list',
        figure(together.openMs),
        figure(relay.openMs),
        figure(api.openMs),
        figure(costs.postgresOpenMs),
        none,
      ],
      [
        'CPU µs a second to stay connected',
        figure(together.staysUs),
        figure(relay.staysUs),
        figure(api.staysUs),
        none,
        none,
      ],
      ['bytes kept of an edit', none, none, none, figure(costs.storedBytesPerEdit), none],
      ['bytes of WAL of an edit', none, none, none, figure(costs.walBytesPerEdit), none],
    ],
  );
}

function placeTable(costs: Costs, assumed: Assumptions): string {
  const rows = places.map((place) => {
    const { families, first, next } = holds(place, costs, assumed);
    return [
      `${place.title}: ${place.cores} cores${place.speed === 1 ? '' : ` of ${place.speed} the speed`}, ${place.memoryGb} GB, disk ${figure(place.diskGb)} GB; ${place.runs}`,
      roughly(Number(families.toPrecision(2))),
      first.what,
      `${next.what}, at ${Math.round(next.share * 100)} %`,
      place.price === null ? 'bought once' : `$${place.price} a month`,
    ];
  });
  return markdownTable(['', 'families', 'breaks first', 'then', ''], rows);
}

function demandTable(fleets: readonly Fleet[]): string {
  const rows = fleets.map(({ demand }) => [
    roughly(demand.families),
    roughly(demand.editsPerSecond),
    roughly(demand.opensPerSecond),
    roughly(demand.connections),
  ]);
  return markdownTable(['families', 'edits a second', 'lists opened a second', 'phones connected'], rows);
}

function fleetTable(fleets: readonly Fleet[]): string {
  const rows = fleets.map((fleet) => [
    roughly(fleet.demand.families),
    figure(fleet.relays),
    figure(fleet.apis),
    figure(fleet.redisNodes),
    figure(fleet.postgresPrimaries),
    roughly(fleet.commitsPerSecond),
    roughly(fleet.redisCommandsPerSecond),
    fleet.breaksFirst,
  ]);
  const head = [
    'families',
    'relays',
    'api nodes',
    'Redis',
    'Postgres',
    'commits a second',
    'commands of Redis a second',
  ];
  return markdownTable([...head, 'first to need more of itself'], rows);
}

const bytesPerGb = 1e9;

function moneyTable(fleets: readonly Fleet[], { copies }: Assumptions): string {
  const gb = (bytes: number) => roughly(bytes / bytesPerGb);
  const rows = fleets.map((fleet) => [
    roughly(fleet.demand.families),
    figure(fleet.cores),
    gb(fleet.memoryBytes),
    gb(fleet.storedBytes),
    gb(fleet.walBytesADay),
    gb(fleet.trafficBytesAMonth),
    `$${roughly(fleet.dollarsAMonth)}`,
    `${figure((100 * fleet.dollarsAMonth * 12) / fleet.demand.families)} ¢`,
  ]);
  const head = [
    'families',
    'cores',
    'GB of memory',
    'GB stored',
    'GB of WAL a day',
    'GB of traffic a month',
    'a month',
  ];
  const table = markdownTable([...head, 'a family and year'], rows);
  return `Redis and Postgres ${copies} times, for a standby each; "GB stored" is one copy.\n\n${table}`;
}
