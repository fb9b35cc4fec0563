import type { Cluster } from '@trolley/scripts/cluster/cluster';
import { SeededRandom } from '@trolley/shared/testing';
import { expect } from 'vitest';
import { config } from '../config.ts';
import { Crowd } from './crowd.ts';

/** Longest that phones may take to be whole again, from the end of a fault. */
const healTimeoutMs = 40_000;
/** DESIGN promises that presence is right again within this time. */
const rosterTimeoutMs = 30_000;

/** Phones that never come back. */
const lostPhones = 2;

/** Breaks something of a cluster. Resolves when it is whole again: what was taken away is back, and what was killed takes work. */
export type Strike = (cluster: Cluster, random: SeededRandom) => Promise<void>;

/** As many rounds as this run was asked for, each with its own seed. Rejects with the seed of the first that failed. */
export async function runRounds(cluster: Cluster, title: string, strike: Strike): Promise<void> {
  for (let round = 0; round < config.chaosRounds; round += 1) {
    const seed = config.chaosSeed + round;
    try {
      await runRound(cluster, title, seed, strike);
    } catch (error) {
      throw new Error(`CHAOS_SEED=${seed}: ${title}`, { cause: error });
    }
  }
}

/** Ten phones write; something breaks and two of them are lost; then everybody has everything that anybody was shown as saved. */
async function runRound(cluster: Cluster, title: string, seed: number, strike: Strike): Promise<void> {
  const random = new SeededRandom(seed);
  await using crowd = await Crowd.gather(cluster.url, random);
  crowd.startWriting();
  await crowd.untilMoreSaved(100 + random.integer(100), healTimeoutMs);
  await crowd.burst();
  const striking = strike(cluster, random);
  await Promise.all([striking, crowd.lose(lostPhones)]);
  const endedAtMs = performance.now();
  const sinceMs = () => performance.now() - endedAtMs;
  await crowd.untilMoreSaved(100, healTimeoutMs);
  crowd.stopWriting();
  await crowd.untilSaved(healTimeoutMs);
  await crowd.untilAlike(healTimeoutMs);
  const alikeMs = sinceMs();
  await crowd.untilRostersAreRight(rosterTimeoutMs - alikeMs);
  const rostersMs = sinceMs();
  expect(await crowd.missedByNewcomer()).toEqual([]);
  expect(cluster.deaths).toEqual([]);
  const { madeCount, savedCount, longestToSavedMs } = crowd;
  console.log(
    `${title}, seed ${seed}: ${madeCount} edits, ${savedCount} of them saved, 0 lost; longest to "saved" ${inSeconds(longestToSavedMs)} s; ` +
      `written on, saved and alike ${inSeconds(alikeMs)} s and rosters right ${inSeconds(rostersMs)} s after all was whole again`,
  );
}

/** Milliseconds as seconds, for people. */
export function inSeconds(ms: number): string {
  return (ms / 1000).toFixed(2);
}
