import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { startLivedLog, type LivedLog, type StoredBytes } from '@trolley/api/lived-log';
import { ListDocument, type DocumentStats } from '@trolley/shared/document';
import { Family } from './family.ts';
import { measureCatchingUp, type CatchingUp } from './measure-catching-up.ts';
import { weekMs } from './sessions.ts';
import { makeWorkload, workloadStartMs } from './workload.ts';

/** One year of a family's list: the document at its largest, what catching up costs at its end, and what the tables then hold. */
export interface Year extends CatchingUp {
  readonly largest: DocumentStats;
  readonly epochs: number;
  readonly updates: number;
  readonly stored: StoredBytes;
}

/** What a list costs that a family of four has used for years. */
export interface TenYears {
  readonly years: readonly Year[];
  /** Size of the document at the end as it is sent compressed. */
  readonly gzipBytes: number;
  /** From the bytes to the list on the screen, guard included; milliseconds of processor time. */
  readonly loadMs: number;
  /** What a phone's first look at the list takes an api that has just started, in milliseconds: the quickest of five starts. */
  readonly firstLoadMs: number;
}

const weeksPerYear = 52;

/**
 * Lives through the years of `makeWorkload` on four phones that are often offline, with a new client id for every time the app is opened, against
 * the real api on a fresh database: it ends epochs, carries late edits over, takes snapshots and forgets what is older than 400 days.
 */
export async function measureTenYears(databaseUrl: string, { years = 10, seed = 42 } = {}): Promise<TenYears> {
  const api = await startLivedLog(databaseUrl);
  try {
    const family = await Family.create(api, seed, workloadStartMs);
    const figures = await liveThrough(family, api, { years, seed });
    const state = (await family.meet()).encode();
    const [member = ''] = family.log.members;
    return {
      years: figures,
      gzipBytes: gzipSync(state).length,
      loadMs: loadTimeMs(state),
      firstLoadMs: await firstLoadTimeMs([databaseUrl, family.log.list, member]),
    };
  } finally {
    await api.dispose();
  }
}

async function liveThrough(
  family: Family,
  api: LivedLog,
  { years, seed }: { years: number; seed: number },
): Promise<Year[]> {
  const figures: Year[] = [];
  let week = 0;
  let largest: DocumentStats = { clientIds: 0, structs: 0, encodedBytes: 0 };
  const endWeek = async () => {
    week += 1;
    largest = larger(largest, family.phones[week % family.phones.length]?.doc.stats() ?? largest);
    await family.log.prune();
    if (week % weeksPerYear !== 0) return;
    const endMs = workloadStartMs + week * weekMs;
    largest = larger(largest, (await family.meet()).stats());
    const catchingUp = await measureCatchingUp(family, endMs);
    const { epoch, seq } = family.log.head;
    const stored = await api.storedBytes(family.log.list);
    figures.push({ ...catchingUp, largest, epochs: epoch + 1, updates: seq, stored });
    largest = { clientIds: 0, structs: 0, encodedBytes: 0 };
  };
  for (const event of makeWorkload(years * weeksPerYear, seed)) {
    while (event.atMs >= workloadStartMs + (week + 1) * weekMs) await endWeek();
    await family.live(event);
  }
  await endWeek();
  return figures;
}

function larger(one: DocumentStats, other: DocumentStats): DocumentStats {
  return {
    clientIds: Math.max(one.clientIds, other.clientIds),
    structs: Math.max(one.structs, other.structs),
    encodedBytes: Math.max(one.encodedBytes, other.encodedBytes),
  };
}

/** Processor time, and the 10th percentile of the runs, so that other work on the machine does not count. */
function loadTimeMs(state: Uint8Array): number {
  const tookMs = Array.from({ length: 30 }, () => {
    const started = process.cpuUsage();
    const doc = new ListDocument();
    doc.apply(state, 'storage');
    if (doc.view.items.length === 0) throw new Error('the list is empty');
    const { user, system } = process.cpuUsage(started);
    return (user + system) / 1000;
  });
  return tookMs.sort((a, b) => a - b)[3] ?? NaN;
}

/** In processes of their own, which have loaded nothing before. The quickest, so that other work on the machine does not count. */
async function firstLoadTimeMs(args: readonly string[]): Promise<number> {
  const script = fileURLToPath(new URL('first-load.ts', import.meta.url));
  let quickestMs = Infinity;
  for (let start = 0; start < 5; start++) {
    const { stdout } = await promisify(execFile)(process.execPath, [script, ...args]);
    quickestMs = Math.min(quickestMs, Number(stdout));
  }
  return quickestMs;
}
