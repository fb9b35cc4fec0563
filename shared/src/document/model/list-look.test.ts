import { describe, expect, it } from 'vitest';
import { createList, renameList, setListLook } from '../commands/list-commands.ts';
import { carryOver } from '../epoch/carry-over.ts';
import { keepValues } from '../epoch/key-values.ts';
import { seedEpoch } from '../epoch/seed-epoch.ts';
import { anna, ben, exchange, phone } from '../fixtures/family.ts';
import { firstEmoji, readEmoji } from './list-look.ts';

const family = '👨‍👩‍👧‍👦';

describe('the look of a list', () => {
  it.each(['🛒', '❤️', '👍🏽', family, '🇩🇪', '1️⃣', '🏴󠁧󠁢󠁷󠁬󠁳󠁿'])('D11 %s is one emoji', (emoji) => {
    expect([readEmoji(emoji), firstEmoji(` a ${emoji}🍞`)]).toEqual([emoji, emoji]);
  });

  it.each(['🛒🍞', 'a', '7', '<b>', ' ', '', `🛒${'\u200D🛒'.repeat(20)}`, 7, null, undefined, ['🛒']])(
    'D11 %j is none',
    (value) => {
      expect(readEmoji(value)).toBe('');
    },
  );

  it('D11 title, colour and emoji merge each by itself', () => {
    const a = phone(1);
    createList(a, 'Home', anna(), { color: 'leaf' });
    const b = phone(2, a.encode());
    setListLook(a, { color: 'plum' }, anna(1));
    setListLook(b, { emoji: '🛒' }, ben(1));
    renameList(b, 'Kitchen', ben(1));
    exchange(a, b);
    for (const doc of [a, b]) {
      expect(doc.view).toMatchObject({ title: 'Kitchen', look: { color: 'plum', emoji: '🛒' } });
    }
  });

  it('D11 is told as a change, can be taken away, and counts as absent where it is something else', () => {
    const doc = phone(1);
    createList(doc, 'Home', anna());
    const heard: boolean[] = [];
    doc.onChange(({ headChanged }) => heard.push(headChanged));
    setListLook(doc, { color: 'sky', emoji: '🥦 vegetables' }, anna());
    expect(doc.view.look).toEqual({ color: 'sky', emoji: '🥦' });
    expect(setListLook(doc, { color: 'sky' }, anna())).toBeNull();
    setListLook(doc, { color: null, emoji: '' }, anna());
    expect(doc.view.look).toEqual({ color: null, emoji: '' });
    doc.write([{ root: 'meta', key: 'color', value: 'ultraviolet' }]);
    expect(doc.view.look.color).toBeNull();
    expect(heard).toEqual([true, true, false]);
  });

  it('D6 D11 goes on in the next epoch, and late changes are carried over', () => {
    const doc = phone(1);
    createList(doc, 'Home', anna(), { color: 'rose', emoji: '🍞' });
    const sealed = keepValues(doc);
    const next = seedEpoch(doc, 1, { nowMs: anna(5).nowMs });
    expect(next.view.look).toEqual({ color: 'rose', emoji: '🍞' });
    setListLook(doc, { emoji: '🧀' }, ben(3));
    carryOver({ before: sealed, after: keepValues(doc) }, next);
    expect(next.view.look).toEqual({ color: 'rose', emoji: '🧀' });
  });
});
