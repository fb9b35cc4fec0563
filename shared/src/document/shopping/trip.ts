import type { MemberId } from '../../protocol/index.ts';
import { isQuantity, onePiece, type Amount } from '../model/amount.ts';
import { isUnknownArray, type Json } from '../model/json.ts';
import { isMinute, type Minute } from '../model/minute.ts';
import { readMember } from '../model/schema.ts';
import { shoppingBounds } from './bounds.ts';

/** Something that was bought, as it was called then. */
export interface BoughtItem {
  readonly name: string;
  readonly amount: Amount;
  readonly gotAt: Minute;
}

/** What was bought in one go. */
export interface Trip {
  readonly id: string;
  readonly endedAt: Minute;
  /** Who finished it. */
  readonly by: MemberId | null;
  /** What the store was called then; null when nobody said where. */
  readonly store: string | null;
  /** In the order in which they were put into the trolley. */
  readonly items: readonly BoughtItem[];
  /** How many more there were than fit. */
  readonly moreCount: number;
}

/*
 * A trip is [minute, by, store, text, more]. The text has a line for each item, with tabs between name, minutes before the end, quantity and
 * unit. Neither can be in a name, and a line costs less than half of what an array would.
 */

const newline = '\n';
const tab = '\t';

/** A trip as it is stored. What does not fit is only counted. */
export function writeTrip({ endedAt, by, store, items, moreCount }: Omit<Trip, 'id'>): Json {
  const lines: string[] = [];
  let length = 0;
  for (const item of items) {
    const line = writeItem(item, endedAt);
    if (length + line.length + 1 > shoppingBounds.maxTripTextLength) break;
    lines.push(line);
    length += line.length + 1;
  }
  const more = moreCount + items.length - lines.length;
  const value = [endedAt, by, store ?? '', lines.join(newline)];
  return more === 0 ? value : [...value, more];
}

/** Null for a value that is no trip. Lines that are no items are left out. */
export function readTrip(id: string, value: unknown): Trip | null {
  if (!isUnknownArray(value)) return null;
  const [endedAt, by, store, text, more = 0] = value;
  if (!isMinute(endedAt) || typeof text !== 'string' || text.length > shoppingBounds.maxTripTextLength) return null;
  return {
    id,
    endedAt,
    by: readMember(by),
    store: isStoreName(store) ? store : null,
    items: text.split(newline).flatMap((line) => readItem(line, endedAt) ?? []),
    moreCount: isCount(more) ? more : 0,
  };
}

/** How much of a document a trip takes; 0 for a value that is no trip. */
export function tripTextLength(value: unknown): number {
  const text: unknown = isUnknownArray(value) ? value[3] : null;
  return typeof text === 'string' ? text.length : 0;
}

function writeItem({ name, amount: { quantity, unit }, gotAt }: BoughtItem, endedAt: Minute): string {
  const fields = [name, String(Math.max(0, endedAt - gotAt))];
  if (unit !== '') fields.push(String(quantity), unit);
  else if (quantity !== 1) fields.push(String(quantity));
  return fields.join(tab);
}

function readItem(line: string, endedAt: Minute): BoughtItem | null {
  const [name = '', before = '', quantity = '', unit = ''] = line.split(tab);
  if (name === '') return null;
  const gotAt = endedAt - Number(before);
  const pieces = quantity === '' ? onePiece.quantity : Number(quantity);
  return {
    name,
    amount: isQuantity(pieces) ? { quantity: pieces, unit } : onePiece,
    gotAt: isMinute(gotAt) ? gotAt : endedAt,
  };
}

function isStoreName(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= shoppingBounds.maxStoreNameLength;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
