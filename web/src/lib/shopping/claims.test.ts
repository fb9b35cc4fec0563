import type { Shopping } from '@trolley/shared/document';
import { memberIdSchema, type RosterEntry } from '@trolley/shared/protocol';
import { anyStore } from '@trolley/shared/shopping';
import { parse } from 'valibot';
import { describe, expect, it } from 'vitest';
import { presentPeople } from '#lib/list/people.ts';
import { claimsOfOthers, whereabouts } from './claims.ts';

const [anna, ben] = ['annaAAAA', 'benBBBBB'].map((id) => parse(memberIdSchema, id));
if (anna === undefined || ben === undefined) throw new Error('nobody');

const roster: readonly RosterEntry[] = [
  { memberId: anna, name: 'Anna', color: 1, clientId: 1 },
  { memberId: ben, name: 'Ben', color: 2, clientId: 2 },
  { memberId: ben, name: 'Ben', color: 2, clientId: 3 },
];

const shopping = (claims: Shopping['claims']): Shopping => ({ store: anyStore, claims });

describe('who takes what', () => {
  it('W62 names each other person once, under the name that the server gives them', () => {
    const said = new Map([
      [1, shopping(['bakery'])],
      [2, shopping(['dairy'])],
      [3, shopping(['dairy', 'pets'])],
      [9, shopping(['fish'])],
    ]);
    const claims = claimsOfOthers(said, roster, anna);
    expect([...claims].map(([category, people]) => [category, people.map(({ name }) => name)])).toEqual([
      ['dairy', ['Ben']],
      ['pets', ['Ben']],
    ]);
  });

  it('W62 tells where everybody is who is here', () => {
    const seen = {
      present: presentPeople(roster, anna),
      roster,
      stores: [{ id: anyStore, name: 'Market' }],
      own: null,
    };
    const where = whereabouts({
      ...seen,
      shopping: new Map([[3, shopping(['dairy'])]]),
      editing: new Map([[2, 'Milk']]),
    });
    expect(where.map(({ person, shopping: at, item }) => [person.name, at, item])).toEqual([
      ['Anna', null, null],
      ['Ben', { store: 'Market', claims: ['dairy'] }, 'Milk'],
    ]);
    const [self] = whereabouts({ ...seen, own: shopping(['pets']), shopping: new Map(), editing: new Map() });
    expect(self?.shopping?.claims).toEqual(['pets']);
  });
});
