import { beforeEach, describe, expect, it } from 'vitest';
import {
  addItem,
  clearTicked,
  ListDocument,
  removeItem,
  setNote,
  tickItem,
  type ItemId,
} from '@trolley/shared/document';
import { createMemberId, type MemberId } from '@trolley/shared/protocol';
import { FakeClock } from '@trolley/shared/testing';
import { ItemMemory } from '#lib/list/item-changes.ts';
import { ChangeAnnouncer, gatherMs } from './change-announcer.ts';

const anna = createMemberId((length) => new Uint8Array(length).fill(1));
const ben = createMemberId((length) => new Uint8Array(length).fill(2));
const names = new Map<MemberId | null, string>([
  [anna, 'Anna'],
  [ben, 'Ben'],
]);

/** A list whose every change is told to an announcer, as somebody else's or as one's own. */
function createFixture() {
  const clock = new FakeClock();
  const document = new ListDocument();
  const said: string[] = [];
  const announcer = new ChangeAnnouncer({
    clock,
    say: (sentence) => said.push(sentence),
    nameOf: (memberId) => names.get(memberId) ?? '',
    itemNow: (id) => document.item(id),
  });
  const memory = new ItemMemory([]);
  let isOwn = false;
  document.onChange(({ items }) => {
    const changes = memory.note(items, (id: ItemId) => document.item(id));
    if (isOwn) announcer.noteOwn(changes, document.view.items.filter((item) => !item.isTicked).length);
    else announcer.noteRemote(changes);
  });
  const by = (memberId: MemberId) => ({ memberId, nowMs: clock.nowMs() });
  const act = () => {
    isOwn = true;
  };
  return { clock, document, said, announcer, by, act };
}

describe('W42 what happens to a list is told to those who listen', () => {
  let fixture: ReturnType<typeof createFixture>;

  beforeEach(() => {
    fixture = createFixture();
  });

  it('W42 what others do is told together and by name, once it has gone quiet', async () => {
    const { clock, document, said, by } = fixture;
    const milk = addItem(document, { name: 'milk' }, by(anna)).id;
    addItem(document, { name: 'eggs' }, by(anna));
    const bread = addItem(document, { name: 'bread' }, by(ben)).id;
    tickItem(document, milk, by(ben));
    setNote(document, bread, 'dark', by(ben));
    await clock.advance(gatherMs - 1);
    expect(said).toEqual([]);
    await clock.advance(1);
    expect(said).toEqual(['Ben put “milk” into the trolley', 'Anna added “eggs”', 'Ben added “bread”']);
  });

  it('W42 many things of one person are one sentence, and many sentences one', async () => {
    const { clock, document, said, by } = fixture;
    for (const name of ['milk', 'eggs', 'bread']) addItem(document, { name }, by(anna));
    await clock.advance(gatherMs);
    expect(said.splice(0)).toEqual(['Anna: 3 items added']);
    const [milk, eggs, bread] = document.view.items.map(({ id }) => id);
    if (milk === undefined || eggs === undefined || bread === undefined) throw new Error('three items');
    tickItem(document, milk, by(anna));
    tickItem(document, eggs, by(ben));
    setNote(document, bread, 'dark', by(ben));
    addItem(document, { name: 'soap' }, by(ben));
    await clock.advance(gatherMs);
    expect(said).toEqual(['The others made 4 changes']);
  });

  it('W42 what came and went in between is not told; what was cleared is', async () => {
    const { clock, document, said, by } = fixture;
    const milk = addItem(document, { name: 'milk' }, by(anna)).id;
    removeItem(document, milk, by(anna));
    const eggs = addItem(document, { name: 'eggs' }, by(anna)).id;
    await clock.advance(gatherMs);
    expect(said.splice(0)).toEqual(['Anna added “eggs”']);
    tickItem(document, eggs, by(anna));
    clearTicked(document, by(anna));
    await clock.advance(gatherMs);
    expect(said).toEqual(['“eggs” was removed']);
  });

  it('W42 a tick of one’s own is told at once, with what is left', () => {
    const { document, said, by, act } = fixture;
    act();
    const milk = addItem(document, { name: 'milk' }, by(anna)).id;
    addItem(document, { name: 'eggs' }, by(anna));
    tickItem(document, milk, by(anna));
    expect(said).toEqual(['“milk” is on the list', '“eggs” is on the list', '“milk” is in the trolley. 1 to buy.']);
  });

  it('W42 nothing is told after the list is closed', async () => {
    const { clock, document, said, announcer, by } = fixture;
    addItem(document, { name: 'milk' }, by(anna));
    announcer.stop();
    await clock.advance(gatherMs);
    expect(said).toEqual([]);
    expect(clock.pendingTimers).toBe(0);
  });
});
