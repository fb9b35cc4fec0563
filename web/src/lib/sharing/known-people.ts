import * as v from 'valibot';
import { personSchema, type ListId, type MemberId, type Person } from '@trolley/shared/protocol';

const knownPeopleSchema = v.array(personSchema);

/** The members of a list that this phone has met, so that their names are known without a network. */
export function readKnownPeople(list: ListId): ReadonlyMap<MemberId, Person> {
  try {
    const people = v.safeParse(knownPeopleSchema, JSON.parse(localStorage.getItem(storageKey(list)) ?? '[]'));
    return new Map(people.success ? people.output.map((person) => [person.memberId, person]) : []);
  } catch {
    return new Map();
  }
}

/** A browser that keeps nothing costs names while there is no network. */
export function writeKnownPeople(list: ListId, people: ReadonlyMap<MemberId, Person>): void {
  try {
    localStorage.setItem(storageKey(list), JSON.stringify([...people.values()]));
  } catch {
    return;
  }
}

function storageKey(list: ListId): string {
  return `trolley.people.${list}`;
}
