import { beforeEach, describe, expect, it } from 'vitest';
import { addItem, ListDocument, Presence, removeItem, type Author } from '@trolley/shared/document';
import { createMemberId, type Role } from '@trolley/shared/protocol';
import type { OpenListEvent } from '@trolley/shared/sync';
import { FakeClock, settle } from '@trolley/shared/testing';
import type { Groceries } from '#lib/catalogue/groceries.ts';
import { createFewGroceries } from '#lib/catalogue/fixtures/few-groceries.ts';
import { holdMs } from './held-items.ts';
import { ListEditing, type Notice } from './list-editing.ts';
import { ListState } from './list-state.svelte.ts';
import { noPeople } from './people.ts';

const memberId = createMemberId((length) => new Uint8Array(length).fill(1));

/** An open list without a phone, a server or a screen. */
function createFixture() {
  const clock = new FakeClock();
  const document = new ListDocument();
  let access: Role | null = 'owner';
  let tell: (event: OpenListEvent) => void = () => undefined;
  const open = {
    document,
    presence: new Presence(document),
    get access() {
      return access;
    },
    roster: [],
    state: { kind: 'saved' } as const,
    on: (callback: (event: OpenListEvent) => void) => {
      tell = callback;
      return () => undefined;
    },
  };
  const list = new ListState({ open, clock, self: () => memberId, people: noPeople, onPeople: () => undefined });
  const notices: Notice[] = [];
  let groceries: Groceries | null = null;
  let isOutOfReach = false;
  const author = (): Author => ({ memberId, nowMs: clock.nowMs() });
  const editing = new ListEditing({
    list,
    author,
    groceries: {
      get current() {
        return groceries;
      },
      load: async () => {
        await Promise.resolve();
        if (!isOutOfReach) groceries = createFewGroceries();
        return groceries;
      },
    },
    onNotice: (notice) => notices.push(notice),
  });
  const loseGroceries = () => {
    isOutOfReach = true;
  };
  const setAccess = (role: Role | null) => {
    access = role;
    tell('access');
  };
  /** What the other phone does, as it arrives here. */
  const elsewhere = (act: (other: ListDocument) => void) => {
    const other = new ListDocument();
    other.apply(document.encode(), 'remote');
    const updates: Uint8Array[] = [];
    other.onLocalUpdate((update) => updates.push(update));
    act(other);
    document.applyAll(updates, 'remote');
  };
  return { clock, document, list, editing, notices, author, setAccess, loseGroceries, elsewhere };
}

/** Everything that is shown, as `name`, or `[name]` in the trolley. */
function shown({ arrangement }: ListState): string[] {
  const toBuy = arrangement.sections.flatMap((section) => section.items.map((item) => item.name));
  return [...toBuy, ...arrangement.trolley.map((item) => `[${item.name}]`)];
}

let fixture: ReturnType<typeof createFixture>;

/** Adds a line and gives its id. */
function add(line: string) {
  const added = fixture.editing.add(line);
  if (added === null) throw new Error(`${line} was not added`);
  return added.id;
}

beforeEach(() => {
  fixture = createFixture();
});

describe('W7 a tick can be taken back where it happened', () => {
  it('W7 a ticked item sinks after the moment, not before', async () => {
    const milk = add('Milk');
    add('Bread');
    fixture.editing.setTicked(milk, true);
    expect(shown(fixture.list)).toEqual(['Milk', 'Bread']);
    expect(fixture.list.arrangement.toBuy).toBe(1);
    await fixture.clock.advance(holdMs);
    expect(shown(fixture.list)).toEqual(['Bread', '[Milk]']);
  });

  it('W7 what is wanted again comes back at once', async () => {
    const milk = add('Milk');
    fixture.editing.setTicked(milk, true);
    await fixture.clock.advance(holdMs);
    add('milk');
    expect(shown(fixture.list)).toEqual(['Milk']);
  });
});

describe('W1 what was done can be undone', () => {
  it('W1 a removal', () => {
    const milk = add('Milk, lactose-free');
    fixture.editing.remove(milk);
    expect(shown(fixture.list)).toEqual([]);
    expect(fixture.notices).toMatchObject([{ kind: 'removed', names: ['Milk'] }]);
    fixture.notices[0]?.undo();
    expect(fixture.list.item(milk)).toMatchObject({ name: 'Milk', note: 'lactose-free' });
  });

  it('W1 clearing what is ticked, without touching what came since', () => {
    const milk = add('Milk');
    fixture.editing.setTicked(milk, true);
    fixture.editing.clearTicked();
    add('Bread');
    fixture.notices[0]?.undo();
    expect(fixture.document.view.items.map(({ name, isTicked }) => [name, isTicked])).toEqual([
      ['Milk', true],
      ['Bread', false],
    ]);
  });

  it('W1 nothing done, nothing offered', () => {
    fixture.editing.clearTicked();
    expect(fixture.notices).toEqual([]);
  });

  it('W1 a removal on another phone is told and can be taken back here', () => {
    const milk = add('Milk');
    fixture.elsewhere((other) => removeItem(other, milk, fixture.author()));
    expect(fixture.notices).toMatchObject([{ kind: 'removed-elsewhere', names: ['Milk'] }]);
    fixture.notices[0]?.undo();
    expect(shown(fixture.list)).toEqual(['Milk']);
  });

  it('W1 a ticked item that is cleared elsewhere is no news', () => {
    const milk = add('Milk');
    fixture.editing.setTicked(milk, true);
    fixture.elsewhere((other) => removeItem(other, milk, fixture.author()));
    expect(fixture.notices).toEqual([]);
  });
});

describe('W9 a line is understood', () => {
  it('W9 name, amount, note and aisle', async () => {
    fixture.editing.suggest('Mi', 5);
    await settle();
    const milk = add('Milk 2 × 1 l (lactose-free)');
    expect(fixture.list.item(milk)).toMatchObject({
      name: 'Milk',
      amount: { quantity: 2, unit: '× 1 l' },
      note: 'lactose-free',
      category: 'dairy',
    });
  });

  it('W9 the aisle follows when the catalogue comes late', async () => {
    const milk = add('Milk');
    expect(fixture.list.item(milk)?.category).toBe('other');
    await settle();
    expect(fixture.list.item(milk)?.category).toBe('dairy');
  });

  it('W9 an aisle that somebody chooses stays when the catalogue comes late', async () => {
    const milk = add('Milk');
    fixture.editing.setCategory(milk, 'frozen');
    await settle();
    expect(fixture.list.item(milk)?.category).toBe('frozen');
  });

  it('W9 a catalogue that cannot be had holds nothing up', async () => {
    fixture.loseGroceries();
    expect(fixture.editing.suggest('mil', 5)).toEqual({ typed: 'mil', suggestions: [] });
    const milk = add('Milk');
    await settle();
    expect(fixture.list.item(milk)).toMatchObject({ name: 'Milk', category: 'other' });
  });

  it('W9 a bare number of what is weighed is grams', async () => {
    fixture.editing.suggest('500 flo', 5);
    await settle();
    expect(fixture.list.item(add('500 flour'))?.amount).toEqual({ quantity: 500, unit: 'g' });
    expect(fixture.list.item(add('2 bread'))?.amount).toEqual({ quantity: 2, unit: '' });
  });

  it('W17 what is chosen from the catalogue is added under its name, with the amount that was typed', async () => {
    fixture.editing.suggest('2 zuc', 5);
    await settle();
    const { typed, suggestions } = fixture.editing.suggest('2 zuc', 5);
    expect({ typed, suggestions }).toEqual({ typed: 'zuc', suggestions: [{ name: 'Zucchini' }] });
    const added = fixture.editing.add('2 zuc', suggestions[0]);
    expect(added && fixture.list.item(added.id)).toMatchObject({
      name: 'Zucchini',
      amount: { quantity: 2, unit: '' },
      category: 'produce',
    });
  });

  it('W9 W18 an empty line adds nothing, and a repetition says what both come to', () => {
    expect(fixture.editing.add('   ')).toBeNull();
    expect(fixture.editing.add('2 l milk')?.listed).toBeNull();
    expect(fixture.editing.add('milk')?.listed).toMatchObject({ raised: null });
    const again = fixture.editing.add('1 l milk');
    expect(again?.listed).toMatchObject({ raised: { quantity: 3, unit: 'l' } });
    if (!again?.listed) return;
    fixture.editing.raise(again.id, again.listed);
    expect(fixture.list.item(again.id)?.amount).toEqual({ quantity: 3, unit: 'l' });
    fixture.editing.setAmount(again.id, '5 l');
    fixture.editing.raise(again.id, again.listed);
    expect(fixture.list.item(again.id)?.amount).toEqual({ quantity: 5, unit: 'l' });
  });

  it('W9 what is removed is suggested, and taken with the amount that was typed', () => {
    const milk = add('Oat milk');
    fixture.editing.remove(milk);
    const { suggestions } = fixture.editing.suggest('2 milk', 5);
    expect(suggestions.map(({ name }) => name)).toEqual(['Oat milk']);
    fixture.editing.add('2 milk', suggestions[0]);
    expect(fixture.list.item(milk)?.amount).toEqual({ quantity: 2, unit: '' });
  });
});

describe('W10 details', () => {
  it('W10 an amount is understood or refused, and nothing means one piece', () => {
    const milk = add('3 Milk');
    expect(fixture.editing.setAmount(milk, 'lots')).toBe(false);
    expect(fixture.list.item(milk)?.amount.quantity).toBe(3);
    expect(fixture.editing.setAmount(milk, ' ')).toBe(true);
    expect(fixture.list.item(milk)?.amount).toEqual({ quantity: 1, unit: '' });
  });

  it('W10 an empty name is ignored', () => {
    const milk = add('Milk');
    fixture.editing.renameItem(milk, '  ');
    fixture.editing.renameList('  ');
    expect(fixture.list.item(milk)?.name).toBe('Milk');
  });
});

describe('W12 access', () => {
  it('W12 a role that is taken away at once takes the controls along', () => {
    expect(fixture.list.canEdit).toBe(true);
    fixture.setAccess('viewer');
    expect(fixture.list).toMatchObject({ canEdit: false, canManage: false });
    fixture.setAccess(null);
    expect(fixture.list.access).toBeNull();
  });
});

describe('W13 what was removed', () => {
  it('W13 is listed with the latest on top, and can be put back or forgotten', () => {
    const names = () => fixture.list.removed().map(({ name }) => name);
    const [milk, bread] = [add('Milk'), add('Bread')];
    fixture.editing.remove(milk);
    fixture.editing.remove(bread);
    expect(names()).toEqual(['Bread', 'Milk']);
    fixture.editing.restore([{ id: milk, amount: null }]);
    expect(names()).toEqual(['Bread']);
    for (const product of fixture.list.removed()) fixture.editing.forget(product);
    expect(names()).toEqual([]);
    expect(shown(fixture.list)).toEqual(['Milk']);
  });

  it('W13 knows what another phone has added and removed', () => {
    fixture.elsewhere((other) => {
      const { id } = addItem(other, { name: 'Tea' }, fixture.author());
      removeItem(other, id, fixture.author());
    });
    expect(fixture.list.removed().map(({ name }) => name)).toEqual(['Tea']);
  });
});
