import type { ByteReader } from './byte-reader.ts';
import { GuardRejection } from './guard-reason.ts';

/** Tags of lib0's `writeAny` that our values are made of. Undefined (127), big integers (122) and bytes (116) are not among them. */
const tag = {
  null: 126,
  integer: 125,
  float32: 124,
  float64: 123,
  false: 121,
  true: 120,
  text: 119,
  object: 118,
  array: 117,
};

const bounds = { maxDepth: 3, maxObjectKeys: 32, maxArrayLength: 64, maxTextBytes: 8_000, maxKeyBytes: 256 };

/** Keys that lib0's decoder would assign to the prototype, or that tend to be looked up there. */
const forbiddenKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** Reads past one JSON value and rejects what a document never holds. */
export function skipValue(reader: ByteReader, depth = 0): void {
  if (depth > bounds.maxDepth) throw new GuardRejection('bad-value');
  switch (reader.byte()) {
    case tag.null:
    case tag.true:
    case tag.false:
      return;
    case tag.integer:
      reader.int();
      return;
    case tag.float32:
      requireFinite(reader.float32());
      return;
    case tag.float64:
      requireFinite(reader.float64());
      return;
    case tag.text:
      reader.skipText(bounds.maxTextBytes);
      return;
    case tag.object:
      for (let left = requireAtMost(reader.count(2), bounds.maxObjectKeys); left > 0; left--) {
        if (forbiddenKeys.has(reader.text(bounds.maxKeyBytes))) throw new GuardRejection('bad-value');
        skipValue(reader, depth + 1);
      }
      return;
    case tag.array:
      for (let left = requireAtMost(reader.count(1), bounds.maxArrayLength); left > 0; left--) {
        skipValue(reader, depth + 1);
      }
      return;
    default:
      throw new GuardRejection('bad-value');
  }
}

function requireAtMost(count: number, most: number): number {
  if (count > most) throw new GuardRejection('bad-value');
  return count;
}

function requireFinite(value: number): void {
  if (!Number.isFinite(value)) throw new GuardRejection('bad-value');
}
