/** A value as it stands in a document, and as it can be stored anywhere else. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Whether two values of a document are the same, whatever the order of their keys. */
export function isSameJson(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((one, i) => isSameJson(one, b[i]));
  }
  const entries = Object.entries(a);
  return (
    entries.length === Object.keys(b).length &&
    entries.every(([key, value]) => hasOwn(b, key) && isSameJson(value, b[key]))
  );
}

/** `Object.hasOwn` that narrows: a value from outside is only ever asked for properties of its own. */
export function hasOwn<Key extends string>(value: object, key: Key): value is object & Record<Key, unknown> {
  return Object.hasOwn(value, key);
}

/** Whether a value is JSON through and through. */
export function isJson(value: unknown): value is Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object') return false;
  return Array.isArray(value) ? value.every(isJson) : Object.values(value).every(isJson);
}

/** `Array.isArray` alone would make the elements `any`. */
export function isUnknownArray(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
