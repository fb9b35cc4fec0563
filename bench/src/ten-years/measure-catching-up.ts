import { mergeUpdates } from '@trolley/shared/document';
import type { Family } from './family.ts';
import { minuteMs } from './sessions.ts';
import { pullBytes, pushBytes } from './wire-bytes.ts';
import type { FamilyEdit } from './workload.ts';

/** What it takes a phone to catch up, in bytes both ways. */
export interface CatchingUp {
  readonly nothingNewBytes: number;
  /** Five edits behind. */
  readonly pullFiveBytes: number;
  /** Five edits made offline. */
  readonly pushFiveBytes: number;
}

/** Measured on the family's list as it is at `atMs`, to which this adds a few edits. */
export async function measureCatchingUp(family: Family, atMs: number): Promise<CatchingUp> {
  await family.meet();
  const { log, phones } = family;
  const [editor, other] = phones;
  const [editorId, otherId] = log.members;
  if (!editor || !other || editorId === undefined || otherId === undefined) throw new Error('nobody is there');
  const { list } = log;
  const { epoch, seq: cursor } = other.place;
  const nothingNew = await log.pull(otherId, other.place);

  for (const edit of fiveEdits(0, atMs)) {
    editor.edit(edit);
    await editor.sync();
  }
  const behind = await log.pull(otherId, { epoch, seq: cursor });
  if (behind.epoch !== epoch) return measureCatchingUp(family, atMs + 10 * minuteMs);

  await other.sync();
  const made: Uint8Array[] = [];
  const stop = other.doc.onLocalUpdate((update) => made.push(update));
  for (const edit of fiveEdits(1, atMs + 5 * minuteMs)) other.edit(edit);
  stop();
  await other.sync();
  return {
    nothingNewBytes: pullBytes({ list, epoch, cursor }, nothingNew),
    pullFiveBytes: pullBytes({ list, epoch, cursor }, behind),
    pushFiveBytes: pushBytes({ list, epoch, update: mergeUpdates(made) }, { epoch, seq: behind.head + 1 }),
  };
}

/** One of each kind, on two things that nobody has had so far. */
function fiveEdits(device: number, atMs: number): FamilyEdit[] {
  const [name, after] = [`Lasagne ${atMs}`, `Spinach ${atMs}`];
  const wanted = { device, atMs, quantity: 2, unit: 'pack', category: 'frozen', note: '' } as const;
  return [
    { kind: 'add', name, ...wanted },
    { kind: 'add', name: after, ...wanted },
    { kind: 'amount', name, quantity: 3, device, atMs: atMs + minuteMs },
    { kind: 'note', name, note: 'the big one', device, atMs: atMs + minuteMs },
    { kind: 'tick', name, device, atMs: atMs + 2 * minuteMs },
  ];
}
