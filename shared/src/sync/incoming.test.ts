import { beforeEach, describe, expect, it } from 'vitest';
import { ListDocument } from '../document/index.ts';
import { FakeClock, settle } from '../testing/fake-clock.ts';
import { largeUpdate, namesOn, testList as list, testLog, updatesFor } from '../testing/family-updates.ts';
import { Incoming } from './incoming.ts';
import { MemoryStorage } from './memory-storage.ts';

const noSpace = () => Promise.reject(new DOMException('No space', 'QuotaExceededError'));
/** Each builds on the one before it. */
const [first = new Uint8Array(), second = new Uint8Array(), third = new Uint8Array()] = updatesFor(1, [
  'Milk',
  'Bread',
  'Eggs',
]);
const [alone = new Uint8Array()] = updatesFor(2, ['Rice']);

describe('the way of other people’s edits', () => {
  let clock: FakeClock;
  let storage: MemoryStorage;
  let document: ListDocument;
  let incoming: Incoming;
  let pulls: number;
  let unnumbered: Uint8Array[];

  beforeEach(async () => {
    clock = new FakeClock();
    storage = new MemoryStorage();
    await storage.saveList(list, {});
    document = new ListDocument({ clientId: 9, epoch: 0 });
    [pulls, unnumbered] = [0, []];
    const onMissing = () => {
      pulls += 1;
    };
    incoming = new Incoming(
      { list, storage, clock, document: () => document, onMissing, onUnnumbered: (update) => unnumbered.push(update) },
      { log: testLog, cursor: 0 },
    );
  });

  const receive = (seq: number | null, update: Uint8Array, epoch = 0) => {
    incoming.receive({ list, epoch, seq, update });
  };
  /** What a tab that is opened later finds. */
  const stored = async () => {
    const copy = await storage.load(list);
    const restored = new ListDocument({ epoch: 0 });
    restored.applyAll(copy?.updates ?? [], 'storage');
    return { names: namesOn(restored), cursor: copy?.meta.cursor };
  };

  it('P5 applies and stores what comes next, and the cursor follows', async () => {
    receive(1, first);
    receive(2, second);
    await settle();
    expect([namesOn(document), incoming.cursor]).toEqual([['Bread', 'Milk'], 2]);
    expect(await stored()).toEqual({ names: ['Bread', 'Milk'], cursor: 2 });
  });

  it('P5 P8 takes all of an answer, though an update of it stands before what it builds on', async () => {
    await incoming.takePull({ role: 'editor', epoch: 0, head: 3, updates: [third, first, second] });
    expect([namesOn(document), incoming.cursor]).toEqual([['Bread', 'Eggs', 'Milk'], 3]);
    expect(incoming.rejected.size).toBe(0);
  });

  it('P5 does not move over a hole, and asks when it lasts', async () => {
    receive(1, first);
    receive(3, alone);
    expect([namesOn(document), incoming.cursor]).toEqual([['Milk', 'Rice'], 1]);
    await clock.advance(499);
    expect(pulls).toBe(0);
    await clock.advance(1);
    expect(pulls).toBe(1);
    expect((await stored()).cursor).toBe(1);
  });

  it('P5 does not ask when the hole is filled in time', async () => {
    receive(2, alone);
    receive(1, first);
    await clock.advance(5_000);
    expect([incoming.cursor, pulls]).toEqual([2, 0]);
  });

  it('P7 keeps what came before what it builds on, and applies it then', async () => {
    receive(3, third);
    receive(2, second);
    expect([namesOn(document), incoming.cursor]).toEqual([[], 0]);
    receive(1, first);
    await settle();
    expect([namesOn(document), incoming.cursor]).toEqual([['Bread', 'Eggs', 'Milk'], 3]);
    expect(await stored()).toEqual({ names: ['Bread', 'Eggs', 'Milk'], cursor: 3 });
    expect(pulls).toBe(0);
  });

  it('P7 asks for what it waits for', async () => {
    receive(3, third);
    await clock.advance(500);
    expect(pulls).toBe(1);
    await incoming.takePull({ role: 'editor', epoch: 0, head: 3, updates: [first, second, third] });
    expect([namesOn(document), incoming.cursor]).toEqual([['Bread', 'Eggs', 'Milk'], 3]);
    await clock.advance(5_000);
    expect(pulls).toBe(1);
  });

  it('P7 rejects the next of the log when it does not fit, and goes on', () => {
    receive(1, second);
    receive(2, alone);
    expect([namesOn(document), incoming.cursor]).toEqual([['Rice'], 2]);
    expect([...incoming.rejected]).toEqual([['gap', 1]]);
  });

  it('P7 keeps a bounded number of updates that came early', () => {
    const updates = updatesFor(
      5,
      Array.from({ length: 200 }, (_, index) => `Item ${String(index)}`),
    );
    for (const [index, update] of updates.entries()) if (index > 0) receive(index + 1, update);
    receive(1, updates[0] ?? first);
    expect(incoming.cursor).toBe(65);
  });

  it('P10 takes the same update any number of times', async () => {
    for (let time = 0; time < 3; time += 1) receive(1, first);
    receive(2, first);
    await settle();
    expect([namesOn(document), incoming.cursor]).toEqual([['Milk'], 2]);
  });

  it.each([
    ['no update at all', Uint8Array.of(1, 2, 3, 4)],
    ['nothing', new Uint8Array()],
    ['too much', new Uint8Array(2 * 1024 * 1024)],
  ])('P13 %s is counted, not applied, and does not stop the log', async (_what, hostile) => {
    const before = document.encode();
    receive(1, hostile);
    receive(null, hostile);
    incoming.receiveFromTab(hostile);
    await incoming.takePull({ role: 'editor', epoch: 0, head: 1, updates: [hostile] });
    expect(document.encode()).toEqual(before);
    expect([...incoming.rejected.values()]).toEqual([4]);
    receive(2, first);
    expect([namesOn(document), incoming.cursor, unnumbered]).toEqual([['Milk'], 2, []]);
  });

  it('P6 hands on an update without a number to be pushed from here too, without moving the cursor', async () => {
    receive(null, first);
    await settle();
    expect([namesOn(document), incoming.cursor, unnumbered]).toEqual([['Milk'], 0, [first]]);
    expect((await stored()).cursor).toBe(0);
  });

  it('P6 does not hand on what brings nothing new, so that it does not go round between the phones', () => {
    receive(1, first);
    receive(null, first);
    receive(null, second);
    receive(null, second);
    incoming.receiveFromTab(third);
    receive(null, third);
    expect(unnumbered).toEqual([second]);
  });

  it('P6 does not hand on what does not fit yet: whoever sent it sends it again', () => {
    receive(null, second);
    expect([namesOn(document), unnumbered]).toEqual([[], []]);
  });

  it('P9 ignores an older epoch, and asks about a newer one', () => {
    document = new ListDocument({ clientId: 9, epoch: 1 });
    receive(1, first, 0);
    expect([namesOn(document), pulls]).toEqual([[], 0]);
    receive(1, first, 2);
    expect([namesOn(document), pulls]).toEqual([[], 1]);
  });

  it('P5 asks when the log has grown beyond what is here', () => {
    receive(1, first);
    incoming.receiveHead({ list, epoch: 0, seq: 1 });
    expect(pulls).toBe(0);
    incoming.receiveHead({ list, epoch: 0, seq: 2 });
    incoming.receiveHead({ list, epoch: 1, seq: 0 });
    expect(pulls).toBe(2);
  });

  it('P5 an own push that is confirmed counts like any update', () => {
    document.apply(first, 'tab');
    incoming.noteOwn({ epoch: 0, seq: 2 }, first, true);
    expect(incoming.cursor).toBe(0);
    receive(1, alone);
    expect(incoming.cursor).toBe(2);
  });

  it('P5 the cursor does not pass what another tab has stored and this document lacks', async () => {
    incoming.noteOwn({ epoch: 0, seq: 1 }, first, true);
    expect([namesOn(document), incoming.cursor]).toEqual([['Milk'], 1]);
    incoming.noteOwn({ epoch: 0, seq: 3 }, third, true);
    expect(incoming.cursor).toBe(1);
    await clock.advance(500);
    expect(pulls).toBe(1);
  });

  it('P5 the stored cursor never passes an update that the phone refused to store', async () => {
    const putRemote = storage.putRemote.bind(storage);
    storage.putRemote = noSpace;
    receive(1, first);
    await settle();
    storage.putRemote = putRemote;
    expect(await stored()).toEqual({ names: [], cursor: 0 });
    receive(2, second);
    await settle();
    expect(await stored()).toEqual({ names: ['Bread', 'Milk'], cursor: 2 });
  });

  it('P5 a pull is taken in although the phone refuses to store it', async () => {
    storage.putRemote = noSpace;
    await incoming.takePull({ role: 'editor', epoch: 0, head: 2, updates: [first, second] });
    expect([namesOn(document), incoming.cursor]).toEqual([['Bread', 'Milk'], 2]);
  });

  it('P7 an edit of another tab waits for what it builds on, and is neither stored nor counted here', async () => {
    incoming.receiveFromTab(second);
    expect(namesOn(document)).toEqual([]);
    receive(1, first);
    await settle();
    expect([namesOn(document), incoming.cursor]).toEqual([['Bread', 'Milk'], 1]);
    expect(await stored()).toEqual({ names: ['Milk'], cursor: 1 });
  });

  it('P13 takes a whole document at once', () => {
    receive(1, largeUpdate(3, 100_000));
    expect([incoming.cursor, document.view.items.length > 100]).toEqual([1, true]);
  });
});
