import { freshOrderKeys, orderKeyBetween } from '@trolley/shared/document';
import { listIdSchema, type ListId } from '@trolley/shared/protocol';
import type { StoredList } from '@trolley/shared/sync';
import * as v from 'valibot';

const saidSchema = <T>(value: v.GenericSchema<unknown, T>) =>
  v.object({ value, atMs: v.number(), isSent: v.boolean() });
const placeSchema = v.object({
  /** A fractional index. */
  place: v.optional(saidSchema(v.nullable(v.string()))),
  archived: v.optional(saidSchema(v.boolean())),
});

/** What somebody has said of where they keep a list: each by itself, with its time, and whether the server has heard it. */
export type ListPlace = v.InferOutput<typeof placeSchema>;
export type ListPlaces = ReadonlyMap<ListId, ListPlace>;

/** Before anybody has said anything. */
export const nowhere: ListPlaces = new Map();

/** What is said now. */
export interface NewPlace {
  readonly list: ListId;
  readonly place?: string;
  readonly archived?: boolean;
}

const storageKey = 'trolley.places';
const storedSchema = v.array(v.tuple([listIdSchema, placeSchema]));

/** What this phone knows; nothing where it has kept nothing, or something else. */
export function readPlaces(storage: Storage | null): ListPlaces {
  try {
    const stored = v.safeParse(storedSchema, JSON.parse(storage?.getItem(storageKey) ?? '[]'));
    return new Map(stored.success ? stored.output : []);
  } catch {
    return new Map();
  }
}

/** A browser that keeps nothing forgets it with the page. */
export function writePlaces(storage: Storage | null, places: ListPlaces): void {
  try {
    storage?.setItem(storageKey, JSON.stringify([...places]));
  } catch {
    return;
  }
}

/** Notes what is said now, to be told to the server. */
export function sayPlaces(places: ListPlaces, said: readonly NewPlace[], atMs: number): ListPlaces {
  const next = new Map(places);
  for (const { list, place, archived } of said) {
    next.set(list, {
      ...next.get(list),
      ...(place === undefined ? {} : { place: { value: place, atMs, isSent: false } }),
      ...(archived === undefined ? {} : { archived: { value: archived, atMs, isSent: false } }),
    });
  }
  return next;
}

/** What the server says, where this phone has not said something later. */
export function learnPlaces(places: ListPlaces, told: ListPlaces): ListPlaces {
  const next = new Map(places);
  for (const [list, { place, archived }] of told) {
    const known = next.get(list);
    const place_ = later(known?.place, place);
    const archived_ = later(known?.archived, archived);
    next.set(list, { ...(place_ && { place: place_ }), ...(archived_ && { archived: archived_ }) });
  }
  return next;
}

function later<T extends { readonly atMs: number }>(known: T | undefined, told: T | undefined): T | undefined {
  return known !== undefined && (told === undefined || known.atMs > told.atMs) ? known : told;
}

/** What the server has not heard of these lists. */
export function unsentPlaces(places: ListPlaces, lists: readonly ListId[]): ListPlaces {
  const waiting = lists.flatMap((list) => {
    const { place, archived } = places.get(list) ?? {};
    const unsent = { ...(place?.isSent === false && { place }), ...(archived?.isSent === false && { archived }) };
    return Object.keys(unsent).length > 0 ? [[list, unsent] as const] : [];
  });
  return new Map(waiting);
}

export function isArchived(places: ListPlaces, list: ListId): boolean {
  return places.get(list)?.archived?.value === true;
}

type Sortable = Pick<StoredList, 'list' | 'openedAtMs'>;

/** Lists in their order: those that nobody has put anywhere first, the last opened on top; then by place. */
export function inPlace<T extends Sortable>(lists: readonly T[], places: ListPlaces): T[] {
  const placeOf = ({ list }: T) => places.get(list)?.place?.value ?? '';
  return lists.toSorted(
    (a, b) => compare(placeOf(a), placeOf(b)) || b.openedAtMs - a.openedAtMs || compare(a.list, b.list),
  );
}

/** What there is to say so that the lists, which stand in this order, have one of them at another index. */
export function moveTo(lists: readonly ListId[], places: ListPlaces, list: ListId, index: number): NewPlace[] {
  const others = lists.filter((one) => one !== list);
  const order = others.toSpliced(index, 0, list);
  const known = order.map((one) => places.get(one)?.place?.value ?? null);
  const [before, after] = [known[index - 1] ?? null, known[index + 1] ?? null];
  const isPlaced = others.every((one) => (places.get(one)?.place?.value ?? null) !== null);
  const place = isPlaced && isBetween(before, after) ? orderKeyBetween(before, after) : null;
  if (place !== null) return [{ list, place }];
  const fresh = freshOrderKeys(order.length);
  return order.map((one, i) => ({ list: one, place: fresh[i] ?? '' }));
}

/** Two phones may have put two lists into one place. */
function isBetween(before: string | null, after: string | null): boolean {
  return before === null || after === null || before < after;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
