import { addItem, ListDocument, parseLine, removeItem, setStaple } from '@trolley/shared/document';
import { createMemberId, limits } from '@trolley/shared/protocol';
import { describe, expect, it } from 'vitest';
import type { ToastMessage } from '#lib/ui/toaster.svelte.ts';
import { addAllStaples, addLines } from './add-many.ts';
import { isManyLines } from './is-many-lines.ts';

const memberId = createMemberId((length) => new Uint8Array(length).fill(1));
const author = { memberId, nowMs: Date.UTC(2027, 0, 1) };

function createFixture(canEdit = true) {
  const document = new ListDocument();
  const toasts: ToastMessage[] = [];
  const updates: Uint8Array[] = [];
  document.onLocalUpdate((update) => updates.push(update));
  const target = {
    list: { document, canEdit },
    editing: {
      understand: (line: string) => {
        const { name, amount, note } = parseLine(line);
        return name === '' ? null : { name, amount, note: note === '' ? undefined : note };
      },
      prepare: () => Promise.resolve(),
    },
    toaster: { show: (toast: ToastMessage) => toasts.push(toast) },
    self: () => memberId,
    trolley: { client: { nowMs: author.nowMs } },
  };
  const shown = () => document.view.items.map(({ name, amount }) => `${name} ${amount.quantity}${amount.unit}`);
  return { document, target, toasts, updates, shown };
}

describe('lines that are pasted', () => {
  it('W23 are told from one line', () => {
    expect(['milk\nbread', 'milk\r\nbread', 'a\u2028b'].map(isManyLines)).toEqual([true, true, true]);
    expect(['', 'milk', ' milk \n', '\n\n'].map(isManyLines)).toEqual([false, false, false, false]);
  });

  it('W23 are added as one step, with bullets, boxes and numbers taken off, and taken back as one', async () => {
    const { target, toasts, updates, shown } = createFixture();
    const text = '- [ ] milk 2 l\n- [x] bread\n\n   \n* 6 eggs\n+ ham\n•\ttea\n1. rice\n2) jam\n☐ salt\r\n[ ] oil';
    expect(await addLines(target, text)).not.toBeNull();
    expect(shown()).toEqual(['milk 2l', 'bread 1', 'eggs 6', 'ham 1', 'tea 1', 'rice 1', 'jam 1', 'salt 1', 'oil 1']);
    expect([updates.length, toasts.length]).toEqual([1, 1]);
    toasts[0]?.action?.run();
    expect(shown()).toEqual([]);
  });

  it('W4 W23 ten thousand lines fill the list, and the rest is counted', { timeout: 30_000 }, async () => {
    const { target, document, toasts } = createFixture();
    await addLines(target, Array.from({ length: 10_000 }, (_, i) => `Item ${i}`).join('\n'));
    expect(document.view.items).toHaveLength(limits.maxItems);
    toasts[0]?.action?.run();
    expect(document.view.items).toHaveLength(0);
  });

  it('W4 W23 a megabyte in two lines is two items, and nothing at all is none', async () => {
    const { target, document, toasts } = createFixture();
    await addLines(target, `${'x'.repeat(1_000_000)}\nmilk`);
    expect(document.view.items.map(({ name }) => name.length)).toEqual([limits.maxNameLength, 4]);
    expect(await addLines(target, '\n \n---\n\u0000\n'.repeat(1_000))).not.toBeUndefined();
    expect(toasts).toHaveLength(2);
  });

  it('W12 W23 are not added by whoever may only look', async () => {
    const { target, document } = createFixture(false);
    expect(await addLines(target, 'milk\nbread')).toBeNull();
    expect(document.view.items).toEqual([]);
  });
});

it('W23 staples that are missing are added with one tap, and taken back as one', () => {
  const { target, document, toasts, shown } = createFixture();
  for (const name of ['Milk', 'Bread', 'Ham']) {
    const { id } = addItem(document, { name }, author);
    if (name !== 'Ham') setStaple(document, id, true, author);
    removeItem(document, id, author);
  }
  addAllStaples(target);
  expect(shown()).toEqual(['Milk 1', 'Bread 1']);
  addAllStaples(target);
  expect(toasts).toHaveLength(1);
  toasts[0]?.action?.run();
  expect(shown()).toEqual([]);
});
