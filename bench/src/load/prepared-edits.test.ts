import { inspectUpdate, ListDocument } from '@trolley/shared/document';
import { limits } from '@trolley/shared/protocol';
import { expect, it } from 'vitest';
import { findMarkers } from './markers.ts';
import { filledDocument, PreparedEdits } from './prepared-edits.ts';

const members = 4;

it('prepared edits pass the guard, carry their number and are as large as those of other benches', () => {
  for (const [number, update] of new PreparedEdits(members).take(100).entries()) {
    expect(inspectUpdate(update, limits.maxUpdateBytes).ok).toBe(true);
    expect(findMarkers(Buffer.from(update))).toEqual([number]);
    expect(Math.abs(update.length - 114)).toBeLessThan(5);
  }
});

it('prepared edits make one list, whoever of its members is ahead of whom', () => {
  const edits = new PreparedEdits(members).take(40);
  const document = new ListDocument();
  for (let member = members - 1; member >= 0; member -= 1) {
    for (const [number, update] of edits.entries()) {
      if (number % members === member) expect(document.apply(update, 'remote')).toEqual({ applied: true });
    }
  }
  expect(document.view.items).toHaveLength(40);
});

it('prepared edits are the same however many are taken at a time', () => {
  const edits = new PreparedEdits(members);
  const few = edits.take(8);
  expect(edits.take(16).slice(0, 8)).toEqual(few);
  expect(new PreparedEdits(members).take(16)).toEqual(edits.take(16));
});

it('a filled document has its items', () => {
  const document = new ListDocument();
  document.apply(filledDocument(20), 'remote');
  expect(document.view.items).toHaveLength(20);
});
