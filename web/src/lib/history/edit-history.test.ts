import { beforeEach, describe, expect, it } from 'vitest';
import { addItem, ListDocument, removeItem, setNote, undoChange, type Author } from '@trolley/shared/document';
import { createListId, createMemberId } from '@trolley/shared/protocol';
import { settle } from '@trolley/shared/testing';
import { EditHistory } from './edit-history.ts';

const listId = createListId((length) => new Uint8Array(length).fill(1));
const author = (): Author => ({
  memberId: createMemberId((length) => new Uint8Array(length).fill(1)),
  nowMs: Date.UTC(2027, 5, 1),
});

/** What lies in the phone's storage; each reload reads it anew. */
class FakeMemory {
  kept = 'null';

  read(): Promise<unknown> {
    return Promise.resolve(JSON.parse(this.kept));
  }

  revise(_list: unknown, _name: unknown, revise: (kept: unknown) => unknown): Promise<void> {
    this.kept = JSON.stringify(revise(JSON.parse(this.kept)));
    return Promise.resolve();
  }
}

let memory: FakeMemory;

/** A page that was opened on this phone, with the document as it was stored. */
function openPage(state?: Uint8Array) {
  const document = new ListDocument();
  if (state !== undefined) document.apply(state, 'storage');
  const history = new EditHistory({ listId, memory, document: () => document, author });
  const stop = document.onChange(({ isLocal, entries }) => {
    // As the screen does: when the command that made the edit has returned.
    if (isLocal)
      queueMicrotask(() => {
        history.record(entries);
      });
  });
  const names = () => document.view.items.map(({ name }) => name);
  return { document, history, stop, names };
}

describe('EditHistory', () => {
  beforeEach(() => {
    memory = new FakeMemory();
  });

  it('W51 undoes and redoes after a reload what was done before it', async () => {
    const first = openPage();
    for (const name of ['Milk', 'Bread']) addItem(first.document, { name }, author());
    await settle();
    const second = openPage(first.document.encode());
    expect(await second.history.outlook()).toEqual({ undo: true, redo: false });
    expect((await second.history.take('undo')).change?.entries.length).toBeGreaterThan(0);
    expect(second.names()).toEqual(['Milk']);
    await settle();
    const third = openPage(second.document.encode());
    await third.history.take('redo');
    expect(third.names()).toEqual(['Milk', 'Bread']);
    for (const step of ['undo', 'undo'] as const) await third.history.take(step);
    expect([third.names(), await third.history.outlook()]).toEqual([[], { undo: false, redo: true }]);
    expect((await third.history.take('undo')).change).toBeNull();
  });

  it('W51 leaves alone what others did since', async () => {
    const mine = openPage();
    const { id } = addItem(mine.document, { name: 'Milk' }, author());
    setNote(mine.document, id, 'mine', author());
    await settle();
    const other = new ListDocument();
    other.apply(mine.document.encode(), 'remote');
    setNote(other, id, 'theirs', author());
    mine.document.apply(other.encode(), 'remote');
    await mine.history.take('undo');
    expect([mine.names(), mine.document.item(id)?.note]).toEqual([[], undefined]);
    await mine.history.take('redo');
    expect(mine.document.item(id)?.note).toBe('theirs');
  });

  it('W51 does not undo twice what was taken back by itself, and redoes it', async () => {
    const { document, history, stop, names } = openPage();
    const milk = addItem(document, { name: 'Milk' }, author());
    const removal = removeItem(document, milk.id, author());
    addItem(document, { name: 'Bread' }, author());
    await settle();
    stop();
    if (removal === null) throw new Error('milk was there');
    history.noteTakenBack(removal, undoChange(document, removal, author()));
    expect(names().sort()).toEqual(['Bread', 'Milk']);
    await history.take('undo');
    expect(names()).toEqual(['Milk']);
    for (const step of ['redo', 'redo'] as const) await history.take(step);
    expect(names()).toEqual(['Bread']);
  });
});
