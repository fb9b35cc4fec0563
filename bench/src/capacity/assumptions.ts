/**
 * What is not measured but assumed. How families live is from the simulated family of bench/src/ten-years (four phones, ten sessions a week
 * each, two trips to the shop), which test "the family of the assumptions" compares; the rest are round numbers that somebody may dispute.
 */
export interface Assumptions {
  /** A family in a day: edits, lists opened, and minutes for which its phones are connected, all phones together. */
  readonly editsADay: number;
  readonly opensADay: number;
  readonly connectedMinutesADay: number;
  /** The busiest hour as a multiple of the mean: Saturday before lunch, everybody in one time zone. */
  readonly peakFactor: number;
  readonly historyDays: number;
  /** Besides the log: the snapshots of all days of history, and the past epochs of a year. Both by the ten years of `npm run bench`. */
  readonly snapshotBytes: number;
  readonly pastEpochBytesAYear: number;
  /** A list's age. */
  readonly listYears: number;
  /** Share of its cores that a process or a machine may use at the peak: a node that dies leaves its load to the others. */
  readonly usableShare: number;
  /** Share of a disk that may be full. */
  readonly usableDisk: number;
  /** Memory that a process takes for a byte of live heap: garbage that waits to be collected. */
  readonly memoryPerHeap: number;
  /** Connections that one relay takes. */
  readonly connectionsPerRelay: number;
  /** The largest Postgres that one rents: cores and disk. */
  readonly postgresCores: number;
  readonly postgresDiskGb: number;
  /** Copies of the data: a primary and a standby. */
  readonly copies: number;
  readonly prices: Prices;
}

/** Dollars a month. */
export interface Prices {
  readonly core: number;
  readonly diskGb: number;
  readonly trafficGb: number;
}

export const assumptions: Assumptions = {
  editsADay: 17,
  opensADay: 5.7,
  connectedMinutesADay: 43,
  peakFactor: 8,
  historyDays: 400,
  snapshotBytes: 1_700_000,
  pastEpochBytesAYear: 120_000,
  listYears: 5,
  usableShare: 0.5,
  usableDisk: 0.8,
  memoryPerHeap: 2,
  connectionsPerRelay: 20_000,
  postgresCores: 32,
  postgresDiskGb: 16_000,
  copies: 2,
  prices: { core: 15, diskGb: 0.1, trafficGb: 0.01 },
};
