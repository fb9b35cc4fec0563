import type { SeededRandom } from '@trolley/shared/testing';

/** One time that somebody opens the app. */
export interface Session {
  readonly device: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly isOffline: boolean;
  /** Whether it is spent in the shop. */
  readonly isTrip: boolean;
}

/** One trip to the shop, and from when on people write down what to buy on it. */
export interface Trip {
  readonly atMs: number;
  readonly plannedFromMs: number;
  readonly shopper: number;
}

export const deviceCount = 4;
export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
export const weekMs = 7 * dayMs;

const sessionsPerDevice = 10;

/** Two trips a week, on the evening of the third day and the morning of the sixth; mostly the same person goes. */
export function makeTrips(random: SeededRandom, weekStartMs: number): Trip[] {
  return [
    { atMs: weekStartMs + 2 * dayMs + 18 * hourMs, plannedFromMs: weekStartMs },
    { atMs: weekStartMs + 5 * dayMs + 10 * hourMs, plannedFromMs: weekStartMs + 2 * dayMs + 20 * hourMs },
  ].map((trip) => ({ ...trip, shopper: random.chance(0.6) ? 0 : 1 }));
}

/** Ten sessions a week on each of four phones: a quarter of them offline, in the shop two in five. */
export function makeSessions(random: SeededRandom, weekStartMs: number, trips: readonly Trip[]): Session[] {
  return Array.from({ length: deviceCount }, (_, device) => {
    const inShop = trips.filter((trip) => trip.shopper === device);
    const hours = new Set(inShop.map(({ atMs }) => (atMs - weekStartMs) / hourMs));
    const sessions = inShop.map(({ atMs }): Session => ({
      device,
      fromMs: atMs,
      toMs: atMs + 45 * minuteMs,
      isOffline: random.chance(0.4),
      isTrip: true,
    }));
    while (hours.size < sessionsPerDevice) {
      const hour = random.integer(7) * 24 + 7 + random.integer(15);
      if (hours.has(hour)) continue;
      hours.add(hour);
      sessions.push(makeSession(random, device, weekStartMs + hour * hourMs));
    }
    return sessions;
  }).flat();
}

/** A moment within a session. */
export function momentIn(random: SeededRandom, { fromMs, toMs }: Session): number {
  return fromMs + Math.floor(random.fraction() * (toMs - fromMs));
}

function makeSession(random: SeededRandom, device: number, hourStartMs: number): Session {
  const fromMs = hourStartMs + random.integer(10) * minuteMs;
  const toMs = fromMs + (2 + random.integer(8)) * minuteMs;
  return { device, fromMs, toMs, isOffline: random.chance(0.25), isTrip: false };
}
