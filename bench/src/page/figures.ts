/** A figure with three digits that count, two of them behind the point at most, and commas between thousands: `0.84`, `17.1`, `25,312`. */
export function figure(value: number): string {
  if (value === 0) return '0';
  const magnitude = Math.floor(Math.log10(Math.abs(value)));
  const digits = Math.min(2, Math.max(0, 2 - magnitude));
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** A figure, or a dash where there is none. */
export function figureOr(value: number | null | undefined, none = '–'): string {
  return value === null || value === undefined ? none : figure(value);
}

/** A count with a word for its magnitude: `1.2 million`, `350`. */
export function roughly(value: number): string {
  const [scale, name] = scales.find(([least]) => value >= least) ?? [1, ''];
  return `${figure(value / scale)}${name}`;
}

const scales: readonly (readonly [number, string])[] = [
  [1e12, ' trillion'],
  [1e9, ' billion'],
  [1e6, ' million'],
];
