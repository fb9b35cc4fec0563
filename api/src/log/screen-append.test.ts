import { limits } from '@trolley/shared/protocol';
import { describe, expect, it } from 'vitest';
import { ListWriter } from '../testing/list-writer.ts';
import { screenAppend } from './screen-append.ts';

/** A document of more bytes than an edit may have. */
function largeDocument(): Uint8Array {
  const writer = new ListWriter();
  writer.create('Home');
  for (let index = 0; writer.document.stats().encodedBytes <= limits.maxUpdateBytes; index += 100) {
    for (let item = index; item < index + 100; item += 1) writer.add(`item ${item}`, 'n'.repeat(200));
  }
  return writer.document.encode();
}

describe('the screening of appends', () => {
  it('S5 lets edits and whole documents pass', () => {
    const writer = new ListWriter();
    writer.create('Home');
    writer.addMany(5);
    expect(writer.updates.map((update) => screenAppend({ epoch: 0, update }))).toEqual(writer.updates.map(() => null));
    expect(screenAppend({ epoch: 0, update: largeDocument(), isBulk: true })).toBeNull();
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['noise', Uint8Array.from({ length: 64 }, (_, index) => (index * 37) % 251)],
    ['half an update', new ListWriter().create('Home').slice(0, 20)],
    ['text', new TextEncoder().encode("'; drop table updates; --")],
  ])('S5 rejects %s', (_, update) => {
    expect(screenAppend({ epoch: 0, update })).toMatchObject({ code: 'update-rejected' });
  });

  it('S5 rejects an epoch that no list can have', () => {
    const update = new ListWriter().create('Home');
    expect(screenAppend({ epoch: 2 ** 31 - 1, update })).toBeNull();
    expect(screenAppend({ epoch: 2 ** 31, update })).toMatchObject({ code: 'epoch-ahead' });
  });

  it('S5 rejects what is too large for an edit, and for a document', () => {
    expect(screenAppend({ epoch: 0, update: largeDocument() })).toMatchObject({ code: 'too-large' });
    const huge = new Uint8Array(limits.maxSnapshotBytes + 1);
    expect(screenAppend({ epoch: 0, update: huge })).toMatchObject({ code: 'too-large' });
    expect(screenAppend({ epoch: 0, update: huge, isBulk: true })).toMatchObject({ code: 'too-large' });
  });
});
