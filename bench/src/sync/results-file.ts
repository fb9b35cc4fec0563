import { readFileSync, writeFileSync } from 'node:fs';
import * as v from 'valibot';
import { files } from '../page/files.ts';
import { formatted } from '../page/formatted.ts';
import { resultsSchema, type Results } from './results.ts';

/** What the last whole bench has measured. */
export function readResults(): Results {
  return v.parse(resultsSchema, JSON.parse(readFileSync(files.results, 'utf8')));
}

export async function writeResults(results: Results): Promise<void> {
  writeFileSync(files.results, await formatted(files.results, JSON.stringify(results, roundNumbers)));
}

/** Six digits say more than any clock here knows. */
function roundNumbers(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(6)) : value;
}
