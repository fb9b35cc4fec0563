import type { Measurement } from '../measurement.ts';
import type { TenYears, Year } from './measure-ten-years.ts';

/** The figures of ten years and what they must not exceed: each at its worst in any year. */
export function reportTenYears({ years, gzipBytes, loadMs, firstLoadMs }: TenYears): Measurement[] {
  const most = (figure: (year: Year) => number) => Math.max(...years.map(figure));
  const growth = encodedBytesOf(years.at(-1)) / encodedBytesOf(years[1]) - 1;
  const figures: [name: string, value: number, unit: Measurement['unit'], goal: number | null][] = [
    ['list at its largest', most(({ largest }) => largest.encodedBytes) / 1024, 'kB', 104],
    ['growth from the second year to the last', Math.max(0, growth * 100), '%', 25],
    ['client ids at most', most(({ largest }) => largest.clientIds), 'ids', 800],
    ['list at the end, gzipped', gzipBytes / 1024, 'kB', 45],
    ['load on a phone', loadMs, 'ms', 15],
    ['first load after a restart of the api', firstLoadMs, 'ms', 20],
    ['catching up, nothing new, both ways', most((year) => year.nothingNewBytes), 'B', 64],
    ['catching up, five edits behind, both ways', most((year) => year.pullFiveBytes), 'B', 1024],
    ['five edits made offline, both ways', most((year) => year.pushFiveBytes), 'B', 1024],
    ['log of the last 400 days, stored', most(({ stored }) => stored.log) / 1024, 'kB', null],
    ['snapshots of the last 400 days, stored', most(({ stored }) => stored.snapshots) / 1024, 'kB', null],
    ['sealed epochs, stored', most(({ stored }) => stored.sealedEpochs) / 1024, 'kB', null],
  ];
  return figures.map(([name, value, unit, goal]) => ({ name: `ten years of a family: ${name}`, value, unit, goal }));
}

function encodedBytesOf(year: Year | undefined): number {
  if (year === undefined) throw new RangeError('There is no such year.');
  return year.largest.encodedBytes;
}
