/** Whole minutes since 2026-01-01T00:00Z: four bytes in a document where a millisecond stamp takes nine. */
export type Minute = number;

const originMs = Date.UTC(2026, 0, 1);
const minuteMs = 60_000;

/** The largest stamp that counts. Beyond it a stamp is damaged or hostile and is treated as absent. */
export const maxMinute: Minute = 2 ** 31 - 1;

/** Minute of a moment in milliseconds since 1970; moments outside the range of stamps become its nearest end. */
export function toMinute(atMs: number): Minute {
  const minute = Math.floor((atMs - originMs) / minuteMs);
  return minute > 0 ? Math.min(minute, maxMinute) : 0;
}

/** Start of a minute in milliseconds since 1970. */
export function fromMinute(minute: Minute): number {
  return originMs + minute * minuteMs;
}

export function isMinute(value: unknown): value is Minute {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= maxMinute;
}
