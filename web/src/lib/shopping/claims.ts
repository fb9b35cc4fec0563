import type { CategoryId, ItemId, Shopping } from '@trolley/shared/document';
import type { MemberId, RosterEntry } from '@trolley/shared/protocol';
import type { Store } from '@trolley/shared/shopping';
import type { PresentPerson } from '#lib/list/people.ts';

/** Which section of the shop is whose. */
export type Claims = ReadonlyMap<CategoryId, readonly PresentPerson[]>;

/** Who of the others has taken which section: under the names that the server gives them, each person once. */
export function claimsOfOthers(
  shopping: ReadonlyMap<number, Shopping>,
  roster: readonly RosterEntry[],
  self: MemberId,
): Claims {
  const claims = new Map<CategoryId, PresentPerson[]>();
  for (const { clientId, memberId, name, color } of roster) {
    for (const category of shopping.get(clientId)?.claims ?? []) {
      const people = claims.get(category) ?? [];
      if (memberId === self || people.some((person) => person.memberId === memberId)) continue;
      claims.set(category, [...people, { memberId, name, color, isSelf: false }]);
    }
  }
  return claims;
}

/** Where somebody is who has this list open. */
export interface Whereabouts {
  readonly person: PresentPerson;
  /** Null when they look at the list. */
  readonly shopping: { readonly store: string | null; readonly claims: readonly CategoryId[] } | null;
  /** The item that they have open; null when none is. */
  readonly item: string | null;
}

interface Seen {
  readonly present: readonly PresentPerson[];
  readonly roster: readonly RosterEntry[];
  readonly shopping: ReadonlyMap<number, Shopping>;
  /** Names of the items that clients edit. */
  readonly editing: ReadonlyMap<number, string>;
  readonly stores: readonly Store[];
  /** Where this phone is shopping. */
  readonly own: Shopping | null;
}

/** Names of the items that clients edit, as far as they are on the list. */
export function namesOf(
  editing: ReadonlyMap<number, ItemId>,
  nameOf: (id: ItemId) => string | undefined,
): ReadonlyMap<number, string> {
  const named = [...editing].map(([client, id]) => [client, nameOf(id)] as const);
  return new Map(named.flatMap(([client, name]) => (name === undefined ? [] : [[client, name] as const])));
}

/** Where everybody is. Of somebody with several phones, the one that says the most counts. */
export function whereabouts({ present, roster, shopping, editing, stores, own }: Seen): readonly Whereabouts[] {
  return present.map((person) => {
    const clients = roster.filter(({ memberId }) => memberId === person.memberId).map(({ clientId }) => clientId);
    const [elsewhere] = clients.flatMap((client) => shopping.get(client) ?? []);
    const said = person.isSelf && own !== null ? own : elsewhere;
    const [item = null] = clients.flatMap((client) => editing.get(client) ?? []);
    const store = stores.find(({ id }) => id === said?.store)?.name ?? null;
    return { person, shopping: said === undefined ? null : { store, claims: said.claims }, item };
  });
}
