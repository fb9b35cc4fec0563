import { describe, expect, it } from 'vitest';
import { addItem, ListDocument } from '@trolley/shared/document';
import { createMemberId, type MemberId } from '@trolley/shared/protocol';
import { editorNames, learnPeople, noPeople, presentPeople } from './people.ts';

const memberId = (seed: number): MemberId => createMemberId((length) => new Uint8Array(length).fill(seed));
const ana = { memberId: memberId(1), name: 'Ana', color: 0 };
const sam = { memberId: memberId(2), name: 'Sam', color: 1 };

describe('W11 who is here', () => {
  it('W11 one entry a person, however many tabs, oneself first', () => {
    const roster = [
      { ...sam, clientId: 1 },
      { ...ana, clientId: 2 },
      { ...sam, clientId: 3 },
    ];
    expect(presentPeople(roster, ana.memberId)).toEqual([
      { ...ana, isSelf: true },
      { ...sam, isSelf: false },
    ]);
  });

  it('W11 names stay known; later news replaces them, no news changes nothing', () => {
    const known = learnPeople(noPeople, [ana, sam]);
    expect(learnPeople(known, [{ ...ana }])).toBe(known);
    const renamed = learnPeople(known, [{ ...sam, name: 'Samuel' }]);
    expect(renamed.get(sam.memberId)?.name).toBe('Samuel');
    expect(renamed.get(ana.memberId)).toEqual(ana);
  });

  it('W11 who edits what goes by the names that the server gives, and a stranger has none', () => {
    const { id } = addItem(new ListDocument(), { name: 'Milk' }, { memberId: ana.memberId, nowMs: 0 });
    const roster = [{ ...sam, clientId: 7 }];
    expect([...editorNames(new Map([[7, id]]), roster)]).toEqual([[id, 'Sam']]);
    expect([...editorNames(new Map([[8, id]]), roster)]).toEqual([]);
  });
});
