import type { ListId } from '@trolley/shared/protocol';
import { FakeClock } from '@trolley/shared/testing';
import { expect } from 'vitest';
import { readDeadJobs, replayDeadJobs } from '../jobs/dead-jobs.ts';
import type { NightlyQueue } from '../jobs/queues.ts';
import type { NightlyTask } from '../jobs/work-nights.ts';
import { dueList, type JobHarness } from './job-harness.ts';

/** One rule that work in the background keeps to on either database. */
export interface JobRule {
  title: string;
  prove: (harness: JobHarness) => Promise<void>;
}

const soon = { timeout: 15_000 };

export const jobRules: readonly JobRule[] = [
  {
    title: 'tends a list that is due at once, and only one process does',
    prove: async (harness) => {
      const tended: ListId[] = [];
      const tend = (list: ListId): Promise<void> => {
        tended.push(list);
        return Promise.resolve();
      };
      const { noteTails } = await harness.startProcess({ tend });
      await harness.startProcess({ tend });
      const due = Array.from({ length: 25 }, dueList);
      noteTails(due);
      await expect.poll(() => tended.length, soon).toBe(due.length);
      expect(new Set(tended)).toEqual(new Set(due.map(({ list }) => list)));
    },
  },
  {
    title: 'repeats what fails, and logs it',
    prove: async (harness) => {
      const { list, ...tail } = dueList();
      let attempts = 0;
      const tend = (): Promise<void> => {
        attempts += 1;
        return attempts === 1 ? Promise.reject(new Error('the store is away')) : Promise.resolve();
      };
      const { noteTails } = await harness.startProcess({ tend, timings: { pollSeconds: 0.5 } });
      noteTails([{ list, ...tail }]);
      await expect.poll(() => attempts, soon).toBe(2);
      expect(harness.lines.join('')).toContain('the store is away');
    },
  },
  {
    title: 'keeps what fails for good, with its reason, until somebody has it done again',
    prove: async (harness) => {
      const { list, ...tail } = dueList();
      let isBroken = true;
      const tended: ListId[] = [];
      const tend = (wanted: ListId): Promise<void> => {
        if (isBroken) return Promise.reject(new Error('a defect'));
        tended.push(wanted);
        return Promise.resolve();
      };
      const { noteTails } = await harness.startProcess({ tend, timings: { pollSeconds: 0.5 } });
      noteTails([{ list, ...tail }]);
      await harness.visit(async (boss) => {
        const deadOnes = async () => (await readDeadJobs(boss)).filter(({ data }) => isAbout(data, list));
        await expect.poll(async () => (await deadOnes()).length, soon).toBe(1);
        const [dead] = await deadOnes();
        expect(dead).toMatchObject({ queue: 'tend-list', data: { list }, error: { message: 'a defect' } });
        isBroken = false;
        expect(await replayDeadJobs(boss, [dead?.id ?? ''])).toBe(1);
        await expect.poll(() => tended, soon).toEqual([list]);
        expect(await deadOnes()).toEqual([]);
      });
    },
  },
  {
    title: 'forgets a dead job whose list is in line already when it is replayed',
    prove: async (harness) => {
      const { list, ...tail } = dueList();
      const broken = await harness.startProcess({
        tend: () => Promise.reject(new Error('a defect')),
        timings: { pollSeconds: 0.5 },
      });
      broken.noteTails([{ list, ...tail }]);
      await harness.visit(async (boss) => {
        const deadOnes = async () => (await readDeadJobs(boss)).filter(({ data }) => isAbout(data, list));
        await expect.poll(async () => (await deadOnes()).length, soon).toBe(1);
        await broken.dispose();
        await boss.insert('tend-list', [{ data: { list }, singletonKey: list }]);
        expect(
          await replayDeadJobs(
            boss,
            (await deadOnes()).map(({ id }) => id),
          ),
        ).toBe(0);
        expect(await deadOnes()).toEqual([]);
      });
    },
  },
  {
    title: 'does a night once, whichever and however many processes ask, and one that slept when it wakes',
    prove: async (harness) => {
      const clock = new FakeClock();
      let nights = 0;
      const nightly = new Map<NightlyQueue, NightlyTask>([
        ['tidy-accounts', () => Promise.resolve(void (nights += 1))],
      ]);
      await harness.startProcess({ nightly, clock });
      await harness.startProcess({ nightly, clock });
      await clock.advance(60_000);
      await expect.poll(() => nights, soon).toBe(1);
      await clock.advance(12 * 60 * 60_000);
      expect(nights).toBe(1);
      await clock.advance(12 * 60 * 60_000);
      await expect.poll(() => nights, soon).toBe(2);
    },
  },
  {
    title: 'ends with the list that it is tending, and stops what takes the whole night',
    prove: async (harness) => {
      const clock = new FakeClock();
      const begun: string[] = [];
      const ended: string[] = [];
      const tending = Promise.withResolvers<undefined>();
      const nightly = new Map<NightlyQueue, NightlyTask>([
        [
          'tidy-accounts',
          (signal) => {
            begun.push('night');
            return new Promise((_, reject) => {
              signal.addEventListener('abort', () => {
                ended.push('night');
                reject(new Error('stopped'));
              });
            });
          },
        ],
      ]);
      const tend = async (): Promise<void> => {
        begun.push('list');
        await tending.promise;
        ended.push('list');
      };
      // A night of its own: the same store has had the others'.
      await clock.advance(3 * 24 * 60 * 60_000);
      const jobs = await harness.startProcess({ tend, nightly, clock });
      jobs.noteTails([dueList()]);
      await clock.advance(60_000);
      await expect.poll(() => begun.toSorted(), soon).toEqual(['list', 'night']);
      const disposal = jobs.dispose();
      await expect.poll(() => ended, soon).toEqual(['night']);
      tending.resolve(undefined);
      await disposal;
      expect(ended).toEqual(['night', 'list']);
    },
  },
];

function isAbout(data: object | null, list: ListId): boolean {
  return data !== null && 'list' in data && data.list === list;
}
