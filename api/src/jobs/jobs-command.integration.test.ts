import type { ListId } from '@trolley/shared/protocol';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { dueList, JobHarness } from '../testing/job-harness.ts';
import { recordLog } from '../testing/log-lines.ts';
import { createServerDatabase } from '../testing/server-database.ts';
import { runJobsCommand } from './jobs-command.ts';

const soon = { timeout: 15_000 };

describe('the command that looks after the jobs', () => {
  let server: Awaited<ReturnType<typeof createServerDatabase>>;
  let harness: JobHarness;

  beforeEach(async () => {
    server = await createServerDatabase(inject('postgresUrl'));
    harness = await JobHarness.start(server.url);
  });

  afterEach(async () => {
    await harness.dispose();
    await server.drop();
  });

  const run = async (...words: string[]): Promise<string[]> => {
    const lines: string[] = [];
    const { logger } = recordLog();
    await runJobsCommand(words, { databaseUrl: server.url, dataDir: '' }, logger, (line) => lines.push(line));
    return lines;
  };

  it('S44 tells what is in line and what has failed for good, and has that done after all', async () => {
    let isBroken = true;
    const tended: ListId[] = [];
    const tend = (list: ListId): Promise<void> =>
      isBroken ? Promise.reject(new Error('a defect')) : Promise.resolve(void tended.push(list));
    const { noteTails } = await harness.startProcess({ tend, timings: { pollSeconds: 0.5 } });
    expect(await run('list-dead')).toEqual(['No job has failed for good.']);
    const due = [dueList(), dueList()];
    noteTails(due);
    await expect
      .poll(async () => (await run('list-dead')).filter((line) => line.includes('a defect')).length, soon)
      .toBe(2);
    expect(await run('status')).toEqual([
      'tend-list      0 in line, 0 at work',
      'send-mail      0 in line, 0 at work',
      'prune-history  0 in line, 0 at work',
      'tidy-accounts  0 in line, 0 at work',
      'write-backup   0 in line, 0 at work',
      'dead-jobs      2 in line, 0 at work',
    ]);
    isBroken = false;
    const [first = ''] = await run('list-dead');
    expect(first).toMatch(/^\S+ tend-list \d{4}-\d\d-\d\dT\S+ {"list":"/);
    expect(await run('replay', first.split(' ')[0] ?? '')).toEqual(['1 put back in line.']);
    await expect.poll(() => tended.length, soon).toBe(1);
    expect(await run('replay', 'all')).toEqual(['1 put back in line.']);
    await expect.poll(() => tended.toSorted(), soon).toEqual(due.map(({ list }) => list).toSorted());
    expect(await run('replay', 'all')).toEqual(['0 put back in line.']);
  });

  it('S44 says in one line what it does not understand, or what is not there', async () => {
    const words = [[], ['frob'], ['status', 'now'], ['replay'], ['replay', 'one', 'two']];
    for (const wrong of words) await expect(run(...wrong)).rejects.toThrow(/^usage: npm run jobs -- status/);
    await expect(run('status')).rejects.toThrow('There are no jobs: no server has run on this store yet.');
    await harness.startProcess();
    await expect(run('replay', 'nobody')).rejects.toThrow('No dead job has the id nobody.');
  });
});
