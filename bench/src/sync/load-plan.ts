/** One rate at which every system that can is driven, on lists that nobody has used yet. */
export interface Step {
  /** Edits a second, over all lists. */
  readonly rate: number;
  readonly seconds: number;
}

/** So many lists with so many members, each connected once: what every step has. */
export const shape = { lists: 100, members: 4 } as const;

/** Latency is told at this rate. */
export const quietRate = 200;
/** Nine thousand arrivals: in fewer, the one large collection of garbage after four hundred clients have come is a percent by itself. */
const quietSeconds = 15;
/** Rates at which the cost of an update is compared. */
export const comparedRates = [1_500, 2_500, 5_000] as const;
/** Rates that every system is driven at, whether or not it keeps up. */
export const toldRates: readonly number[] = [quietRate, ...comparedRates];
/** More rates, in equal steps, of which a system takes the next while it keeps up. */
const climb = [3_750, 7_500, 11_250, 15_000, 18_750, 22_500, 26_250] as const;
/**
 * Long enough at the rates that goals speak of that each list grows past its next snapshot: 200 updates, and what comes in the two seconds
 * until it is asked for. What it costs to take them is then in the figures as it is in a day of the same rate.
 */
const secondsAt: Readonly<Record<number, number>> = { 2_500: 10, 5_000: 6 };
const secondsElse = 4;
/** What one node is given where the question is whether more nodes cost more. */
export const ratePerNode = 1_250;

/** Above this, at the 99th of 100 deliveries, a system does not keep up. */
export const keepsUpBelowMs = 100;

export interface Plan {
  /** Not counted: code is compiled, that of snapshots too, and Postgres has its files. */
  readonly warmUp: Step;
  /** In this order. */
  readonly steps: readonly Step[];
  /** Lists of the memory figures, as many in each of their waves, each open on four devices; null: no memory is measured. */
  readonly idle: { readonly lists: number; readonly itemsPerList: number } | null;
}

function step(rate: number): Step {
  return { rate, seconds: secondsAt[rate] ?? secondsElse };
}

/** The whole bench, and a short one that only shows that everything runs. */
export const plans = {
  whole: {
    warmUp: step(2_500),
    steps: [
      { rate: quietRate, seconds: quietSeconds },
      ...[ratePerNode, ...comparedRates].map(step),
      { rate: quietRate, seconds: quietSeconds },
      ...[ratePerNode, 2_500, 5_000].map(step),
      ...climb.map((rate) => ({ rate, seconds: 3 })),
    ],
    idle: { lists: 480, itemsPerList: 20 },
  },
  short: {
    warmUp: { rate: 500, seconds: 1 },
    steps: [
      { rate: quietRate, seconds: 2 },
      { rate: 2_500, seconds: 2 },
      { rate: 5_000, seconds: 2 },
    ],
    idle: { lists: 96, itemsPerList: 20 },
  },
} as const satisfies Record<string, Plan>;

/** One rate alone, to look into a server while it works. */
export function planFor(rate: number): Plan {
  return { warmUp: { rate, seconds: 1 }, steps: [{ rate, seconds: 8 }], idle: null };
}
