import { limits, memberIdPattern, type MemberId } from '../../protocol/index.ts';
import { isQuantity, onePiece, type Amount } from './amount.ts';
import { hasOwn, isUnknownArray, type Json } from './json.ts';
import { isMinute, type Minute } from './minute.ts';
import { isGap, maxGaps } from './rhythm.ts';

/** Version of the layout below, in `meta.v`. */
export const schemaVersion = 1;

/** `p`: what the list knows of a product, wanted or not. `unit` is the one to prefill; hidden means not suggested any more. */
export interface ProductValue {
  readonly name: string;
  readonly unit: string;
  readonly isHidden: boolean;
}

/** `staple`: exists when the product is one of those that are added all at once. */
export const stapleMark = 1;

/** `w`: exists when the item is on the list. */
export interface WantedValue {
  readonly at: Minute;
  readonly by: MemberId | null;
  readonly amount: Amount;
}

/**
 * `g`: the last time it was put in the trolley. The item is ticked when this is no older than the want. `gaps` are the days between the
 * purchases before that, the latest first: they stand behind the place of a price.
 */
export interface GotValue {
  readonly at: Minute;
  readonly by: MemberId | null;
  readonly gaps: readonly number[];
}

/*
 * Reading. Whatever comes out of a document may have been written by a newer version, a broken one or an enemy, so a value of the
 * wrong shape is absent, and only own properties are looked at.
 */

export function readProduct(value: unknown): ProductValue | null {
  if (typeof value !== 'object' || value === null || !hasOwn(value, 'name')) return null;
  const { name } = value;
  if (typeof name !== 'string' || name.trim() === '' || name.length > limits.maxNameLength) return null;
  return {
    name,
    unit: hasOwn(value, 'unit') ? readUnit(value.unit) : '',
    isHidden: hasOwn(value, 'x') && value.x === 1,
  };
}

export function isStapleMark(value: unknown): boolean {
  return value === stapleMark;
}

export function readWanted(value: unknown): WantedValue | null {
  if (!isUnknownArray(value)) return null;
  const [at, by, quantity = onePiece.quantity, unit = onePiece.unit] = value;
  if (!isMinute(at)) return null;
  return { at, by: readMember(by), amount: isQuantity(quantity) ? { quantity, unit: readUnit(unit) } : onePiece };
}

export function readGot(value: unknown): GotValue | null {
  if (!isUnknownArray(value)) return null;
  const [at, by, , gaps] = value;
  return isMinute(at) ? { at, by: readMember(by), gaps: readGaps(gaps) } : null;
}

export function readText(value: unknown, maxLength: number): string {
  return typeof value === 'string' && value.length <= maxLength ? value : '';
}

function readGaps(value: unknown): readonly number[] {
  return isUnknownArray(value) && value.every(isGap) ? value.slice(0, maxGaps) : [];
}

function readUnit(value: unknown): string {
  return readText(value, limits.maxUnitLength);
}

/** Null for what names no member. */
export function readMember(value: unknown): MemberId | null {
  return isMemberId(value) ? value : null;
}

function isMemberId(value: unknown): value is MemberId {
  return typeof value === 'string' && memberIdPattern.test(value);
}

/* Writing. Defaults are left out, because every byte is kept for an epoch. */

export function writeProduct({ name, unit, isHidden }: ProductValue): Json {
  return { name, ...(unit === '' ? {} : { unit }), ...(isHidden ? { x: 1 } : {}) };
}

export function writeWanted({ at, by, amount: { quantity, unit } }: WantedValue): Json {
  if (unit !== '') return [at, by, quantity, unit];
  return quantity === 1 ? [at, by] : [at, by, quantity];
}

export function writeGot({ at, by, gaps }: GotValue): Json {
  return gaps.length === 0 ? [at, by] : [at, by, null, gaps];
}
