const steps = [
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
] as const;

/** How long ago something was, in the largest unit that fits: `5 min ago`. Null when it is less than a minute, or in the future. */
export function relativeTime(atMs: number, nowMs: number, locale: string): string | null {
  const seconds = (nowMs - atMs) / 1000;
  const step = steps.find((candidate) => seconds >= candidate.seconds);
  if (step === undefined) return null;
  const format = new Intl.RelativeTimeFormat(locale, { style: 'short', numeric: 'auto' });
  return format.format(-Math.floor(seconds / step.seconds), step.unit);
}
