import type { Append, ListId, UserId } from '@trolley/shared/protocol';
import { SeededRandom } from '@trolley/shared/testing';
import { expect } from 'vitest';
import { appendBatch } from '../log/append.ts';
import type { Database } from '../store/database.ts';
import { ListWriter } from './list-writer.ts';
import type { StoreRule } from './log-store-contract.ts';
import type { LogUnderTest } from './log-under-test.ts';

interface Family {
  list: ListId;
  /** The owner, an editor, a viewer, and somebody who is none of them. */
  people: readonly UserId[];
}

/** An edit of the test, for any family. */
type Edit = Pick<Append, 'update' | 'epoch'> & { family: number; person: number };

const seed = 18;

/** What holds whatever comes together. */
export const batchRules: readonly StoreRule[] = [
  {
    title: `takes edits one at a time as it takes them in one batch (seed ${seed})`,
    prove: async (log, { database }) => {
      const random = new SeededRandom(seed);
      const [together, alone] = [await createFamilies(log), await createFamilies(log)];
      const writer = new ListWriter();
      for (let round = 0; round < 30; round += 1) {
        const edits = Array.from({ length: 2 + random.integer(8) }, () => drawEdit(random, writer));
        const inBatch = await append(database, together, edits);
        const oneByOne: Awaited<ReturnType<typeof append>>[] = [];
        for (const edit of edits) oneByOne.push(await append(database, alone, [edit]));
        expect(oneByOne.flatMap(({ outcomes }) => outcomes)).toEqual(inBatch.outcomes);
        expect(oneByOne.flatMap(({ late }, position) => late.map(() => position))).toEqual(inBatch.late);
        expect(new Map(oneByOne.flatMap(({ tails }) => [...tails]))).toEqual(inBatch.tails);
      }
      expect(await readLogs(database, alone)).toEqual(await readLogs(database, together));
    },
  },
];

async function createFamilies(log: LogUnderTest): Promise<Family[]> {
  const families: Family[] = [];
  for (let index = 0; index < 3; index += 1) {
    const { owner, list } = await log.ownList();
    const [editor, viewer, stranger] = [await log.createUser(), await log.createUser(), await log.createUser()];
    await log.setRole(list, editor, 'editor');
    await log.setRole(list, viewer, 'viewer');
    families.push({ list, people: [owner, editor, viewer, stranger] });
  }
  return families;
}

/** Some are no updates, some of an epoch that the list is not in. */
function drawEdit(random: SeededRandom, writer: ListWriter): Edit {
  return {
    family: random.integer(3),
    person: random.integer(4),
    epoch: random.chance(0.2) ? 1 : 0,
    update: random.chance(0.1) ? random.bytes(9) : writer.add(`item ${random.uint32()}`),
  };
}

/** What `appendBatch` answers, with the tails by the family that they are of. */
async function append({ sql }: Database, families: readonly Family[], edits: readonly Edit[]) {
  const appends = edits.map(({ family, person, epoch, update }): Append => {
    const { list, people } = families[family] ?? expect.fail('no such family');
    return { list, userId: people[person] ?? expect.fail('nobody'), epoch, update };
  });
  const { outcomes, tails, late } = await appendBatch(sql, appends, new Date(0));
  const familyOf = (list: ListId) => families.findIndex((family) => family.list === list);
  return { outcomes, late, tails: new Map(tails.map(({ list, ...tail }) => [familyOf(list), tail])) };
}

/** All that the tables know of each family's log. */
function readLogs({ sql }: Database, families: readonly Family[]): Promise<unknown> {
  return Promise.all(
    families.map(async ({ list }) => [
      await sql`select epoch, head, snapshot_seq, tail_bytes from lists where list_id = ${list}`,
      await sql`select seq, epoch, bytes, created_at from updates where list_id = ${list} order by seq`,
    ]),
  );
}
