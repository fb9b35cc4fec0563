import { readFileSync } from 'node:fs';

const msPerTick = 10;
/** Columns of the first line of `/proc/stat`: user, nice, system, idle, iowait, irq, softirq, steal; what follows is in user already. */
const idleColumns = new Set([3, 4]);
const columns = 8;

/** Milliseconds of CPU that all cores together have been busy, by the text of `/proc/stat`. */
export function parseBusyMs(text: string): number {
  const [line = ''] = text.split('\n');
  const ticks = line
    .trim()
    .split(/\s+/)
    .slice(1, 1 + columns)
    .map(Number);
  return ticks.reduce((sum, value, index) => (idleColumns.has(index) ? sum : sum + value), 0) * msPerTick;
}

/** Milliseconds of CPU that all cores together have been busy since the machine started. Linux only. */
export function machineBusyMs(): number {
  return parseBusyMs(readFileSync('/proc/stat', 'utf8'));
}
