import { startLogHarness } from './log-harness.ts';
import { ListWriter } from './list-writer.ts';

/*
 * A process for the test of kill -9: appends batches to three lists without a pause, on the embedded database in the directory that it is
 * given, and prints each update that was acknowledged, after it was.
 */
const directory = process.argv[2];
if (directory === undefined) throw new Error('usage: append-until-killed.ts <directory>');
const { log, createUser, createList } = await startLogHarness(null, directory);
const owner = await createUser();
const lists = await Promise.all([1, 2, 3].map(() => createList(owner)));
const writer = new ListWriter();
writer.create('Home');

for (let turn = 0; ; turn += 1) {
  const appends = lists.map((list, index) => ({
    userId: owner,
    list,
    epoch: 0,
    update: writer.add(`${turn}/${index}`),
  }));
  const outcomes = await log.append(appends);
  for (const [index, outcome] of outcomes.entries()) {
    const append = appends[index];
    if (!outcome.ok || append === undefined) throw new Error(`refused: ${JSON.stringify(outcome)}`);
    const update = Buffer.from(append.update).toString('base64');
    process.stdout.write(`${JSON.stringify({ list: append.list, seq: outcome.value.seq, update })}\n`);
  }
}
