import type { ItemId, Shopping } from '@trolley/shared/document';
import type { MemberId, Person, RosterEntry } from '@trolley/shared/protocol';

/** Somebody who has the list open now. */
export interface PresentPerson extends Person {
  readonly isSelf: boolean;
}

/** The people behind a roster: one entry a person, however many phones and tabs they have open; oneself first, then by arrival. */
export function presentPeople(roster: readonly RosterEntry[], self: MemberId): readonly PresentPerson[] {
  const people = new Map<MemberId, PresentPerson>();
  for (const { memberId, name, color } of roster) {
    if (!people.has(memberId)) people.set(memberId, { memberId, name, color, isSelf: memberId === self });
  }
  return [...people.values()].sort((a, b) => Number(b.isSelf) - Number(a.isSelf));
}

/** Adds people to those that are known; what is heard later replaces what was known. The same map when there is nothing new. */
export function learnPeople(
  known: ReadonlyMap<MemberId, Person>,
  people: readonly Person[],
): ReadonlyMap<MemberId, Person> {
  const news = people.filter(({ memberId, name, color }) => {
    const person = known.get(memberId);
    return person?.name !== name || person.color !== color;
  });
  if (news.length === 0) return known;
  return new Map([
    ...known,
    ...news.map(({ memberId, name, color }) => [memberId, { memberId, name, color }] as const),
  ]);
}

/** Who has which item open, by name: what the clients in a room say of themselves, under the names that the server gives them. */
export function editorNames(
  editing: ReadonlyMap<number, ItemId>,
  roster: readonly RosterEntry[],
): ReadonlyMap<ItemId, string> {
  const names = new Map(roster.map(({ clientId, name }) => [clientId, name]));
  const editors = new Map<ItemId, string>();
  for (const [clientId, itemId] of editing) {
    const name = names.get(clientId);
    if (name !== undefined) editors.set(itemId, name);
  }
  return editors;
}

export const noPeople: ReadonlyMap<MemberId, Person> = new Map();
export const nobodyShops: ReadonlyMap<number, Shopping> = new Map();
export const noEditors: ReadonlyMap<ItemId, string> = new Map();
