/** One line of the report. A goal is an upper bound in the same unit; null where the figure is only told. */
export interface Measurement {
  name: string;
  value: number;
  unit: 'ms' | 'kB' | 'B' | 'ids' | '%';
  goal: number | null;
}

/** A line as it is printed: the figure, its goal, and whether it is met. */
export function toLine({ name, value, unit, goal }: Measurement): string {
  const figure = `${value.toFixed(value < 10 ? 1 : 0)} ${unit}`;
  const verdict = goal === null ? '' : `goal ≤ ${String(goal)} ${unit}   ${value <= goal ? 'met' : 'NOT MET'}`;
  return `${name.padEnd(62)}${figure.padStart(12)}   ${verdict}`.trimEnd();
}
