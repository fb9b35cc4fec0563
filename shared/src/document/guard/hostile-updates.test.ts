import { writeAny, writeUint8, writeVarString, writeVarUint } from 'lib0/encoding';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { limits } from '../../protocol/index.ts';
import { addItem } from '../commands/add-item.ts';
import { removeItem } from '../commands/remove-items.ts';
import { tickItem } from '../commands/tick-item.ts';
import { anna, ben, describeView } from '../fixtures/family.ts';
import {
  bytes,
  deletedRun,
  first,
  following,
  gc,
  rawUpdate,
  skip,
  withContent,
  type Part,
} from '../fixtures/raw-update.ts';
import { itemIdOf } from '../model/item-id.ts';
import { ListDocument } from '../list-document.ts';
import type { GuardReason } from './guard-reason.ts';
import { inspectUpdate } from './inspect-update.ts';

const victim = 77;
const key = itemIdOf('Milk');
const maxBytes = limits.maxSnapshotBytes;
const beyondAll = Number.MAX_SAFE_INTEGER;

/** A busy list: 50 products, some ticked, some removed. */
function busyList(): ListDocument {
  const doc = new ListDocument({ clientId: victim });
  for (let i = 0; i < 50; i++) {
    const { id } = addItem(
      doc,
      { name: `Item ${i}`, amount: { quantity: (i % 4) + 1, unit: '' }, note: `note ${i}` },
      anna(i),
    );
    if (i % 2 === 1) tickItem(doc, id, ben(100));
    if (i % 5 === 0) removeItem(doc, id, ben(101));
  }
  return doc;
}

function manyClients(count: number): Uint8Array {
  return rawUpdate(Array.from({ length: count }, (_, i) => ({ client: 2e9 - i, structs: [first('p', key, 1)] })));
}

function nestedArrays(depth: number): Part {
  return (encoder) => {
    writeVarUint(encoder, 1);
    for (let i = 0; i < depth; i++) {
      writeUint8(encoder, 117);
      writeVarUint(encoder, 1);
    }
    writeUint8(encoder, 126);
  };
}

/** Nested maps, each inside the one before. */
function nestedMaps(depth: number): Uint8Array {
  const nested =
    (i: number): Part =>
    (encoder) => {
      writeUint8(encoder, 7 | 32);
      if (i === 0) {
        writeVarUint(encoder, 1);
        writeVarString(encoder, 'p');
      } else {
        for (const value of [0, 9, i - 1]) writeVarUint(encoder, value);
      }
      writeVarString(encoder, key);
      writeVarUint(encoder, 1);
    };
  return rawUpdate([{ client: 9, structs: Array.from({ length: depth }, (_, i) => nested(i)) }]);
}

/** Run-length coded: a handful of bytes that V2 decodes to `count` structs. */
function v2Bomb(count: number): Uint8Array {
  const encoder = new Y.UpdateEncoderV2();
  writeVarUint(encoder.restEncoder, 1);
  writeVarUint(encoder.restEncoder, count);
  encoder.writeClient(9);
  writeVarUint(encoder.restEncoder, 0);
  encoder.writeInfo(0);
  for (let i = 0; i < 3; i++) encoder.writeLen(1);
  encoder.lenEncoder.count = count;
  writeVarUint(encoder.restEncoder, 0);
  return encoder.toUint8Array();
}

function subdocument(): Uint8Array {
  const doc = new Y.Doc();
  doc.getMap('p').set(key, new Y.Doc({ guid: 'evil', autoLoad: true }));
  return Y.encodeStateAsUpdate(doc);
}

function listInsert(): Uint8Array {
  const doc = new Y.Doc();
  doc.getArray('p').push([{ name: 'Ghost' }]);
  return Y.encodeStateAsUpdate(doc);
}

const protoValue = withContent('p', key, (encoder) => {
  writeVarUint(encoder, 1);
  writeUint8(encoder, 118);
  writeVarUint(encoder, 1);
  writeVarString(encoder, '__proto__');
  writeAny(encoder, { name: 'Ghost', isAdmin: true });
});

const one = (...structs: Part[]) => rawUpdate([{ client: 9, structs }]);

/** Every row of the study that is an update, and what the guard calls it. `gap` needs a document; the rest is told by the bytes. */
const hostile: readonly (readonly [name: string, update: () => Uint8Array, reason: GuardReason])[] = [
  ['empty', () => new Uint8Array(0), 'malformed'],
  ['2^53 clients, no data', () => rawUpdate([], [], beyondAll).slice(0, 8), 'malformed'],
  ['3e7 structs, no data', () => rawUpdate([{ client: 1, count: 3e7, structs: [] }]).slice(0, 6), 'malformed'],
  ['1.2e8 structs, no data', () => rawUpdate([{ client: 1, count: 1.2e8, structs: [] }]).slice(0, 6), 'malformed'],
  ['2^32 structs', () => rawUpdate([{ client: 1, count: 2 ** 32, structs: [] }]).slice(0, 8), 'malformed'],
  [
    'no structs in a block',
    () =>
      rawUpdate([
        { client: 1, structs: [] },
        { client: 0, structs: [gc(1)] },
      ]),
    'malformed',
  ],
  ['GC of 2^50', () => rawUpdate([{ client: 1, structs: [gc(2 ** 50)] }]), 'unsupported-content'],
  [
    'GC on a victim, clock far ahead',
    () => rawUpdate([{ client: victim, structs: [gc(2 ** 40)] }]),
    'unsupported-content',
  ],
  [
    'deleted run on a victim, far ahead',
    () => rawUpdate([{ client: victim, structs: [deletedRun('p', key, 2 ** 40)] }]),
    'clock-range',
  ],
  [
    'clock overflow',
    () => rawUpdate([{ client: 1, clock: beyondAll, structs: [deletedRun('p', key, 10)] }]),
    'clock-range',
  ],
  ['Skip of 2^52', () => rawUpdate([{ client: 1, structs: [skip(2 ** 52), gc(1)] }]), 'skip'],
  ['deletes 0..2^53 of a known client', () => rawUpdate([], [[victim, [[0, beyondAll]]]]), 'clock-range'],
  ['deletes all a known client will ever write', () => rawUpdate([], [[victim, [[0, 2 ** 31]]]]), 'gap'],
  ['deletes one more than is known', () => rawUpdate([], [[victim, [[0, 1_000]]]]), 'gap'],
  ['100 k clients', () => manyClients(40_000), 'too-many-clients'],
  ['1 M clients', () => manyClients(400_000), 'too-large'],
  [
    'deletes of 100 k unknown clients',
    () =>
      rawUpdate(
        [],
        Array.from({ length: 1e5 }, (_, i) => [2e9 - i, [[0, 1]]] as const),
      ),
    'too-many-clients',
  ],
  [
    'deletes of 4 k unknown clients',
    () =>
      rawUpdate(
        [],
        Array.from({ length: 4e3 }, (_, i) => [2e9 - i, [[0, 1]]] as const),
      ),
    'gap',
  ],
  [
    'missing dependency',
    () => rawUpdate([{ client: 1e6, clock: 5, structs: [first('p', key, 'x'.repeat(100))] }]),
    'gap',
  ],
  ['value nested 5 k deep', () => one(withContent('p', key, nestedArrays(5_000))), 'bad-value'],
  ['value nested 100 k deep', () => one(withContent('p', key, nestedArrays(100_000))), 'bad-value'],
  [
    'array of 2^50, no data',
    () =>
      one(
        withContent('p', key, (e) => {
          writeVarUint(e, 1);
          writeUint8(e, 117);
          writeVarUint(e, 2 ** 50);
        }),
      ).slice(0, -1),
    'malformed',
  ],
  [
    'content of 2^50 values',
    () =>
      one(
        withContent('p', key, (e) => {
          writeVarUint(e, 2 ** 50);
        }),
      ),
    'clock-range',
  ],
  [
    'content of two values',
    () =>
      one(
        withContent('p', key, (e) => {
          writeVarUint(e, 2);
          writeAny(e, 1);
          writeAny(e, 2);
        }),
      ),
    'unsupported-content',
  ],
  ['nested map', () => nestedMaps(1), 'nested-type'],
  ['nested maps 1 k deep', () => nestedMaps(1_000), 'nested-type'],
  ['nested maps 20 k deep', () => nestedMaps(20_000), 'nested-type'],
  ['key __proto__', () => one(first('p', '__proto__', 'x')), 'bad-key'],
  ['key __proto__ in meta', () => one(first('meta', '__proto__', 'x')), 'bad-key'],
  ['__proto__ inside a value', () => one(protoValue), 'bad-value'],
  ['constructor inside a value', () => one(first('p', key, { constructor: { name: 'x' } })), 'bad-value'],
  ['unknown key in meta', () => one(first('meta', 'owner', 'x')), 'bad-key'],
  ['10 MB value', () => one(first('p', key, { name: 'x'.repeat(1e7) })), 'too-large'],
  ['100 KB value', () => one(first('p', key, { name: 'x'.repeat(1e5) })), 'bad-value'],
  ['100 KB key', () => one(first('p', 'k'.repeat(1e5), 1)), 'bad-key'],
  ['10 k root names', () => one(...Array.from({ length: 1e4 }, (_, i) => first(`root${i}`, key, 1))), 'unknown-root'],
  [
    'text of 2^40, no data',
    () =>
      one((e) => {
        writeUint8(e, 40);
        writeVarUint(e, 1);
        writeVarUint(e, 2 ** 40);
      }),
    'malformed',
  ],
  [
    'text that is no UTF-8',
    () =>
      one(
        withContent('p', key, (e) => {
          writeVarUint(e, 1);
          writeUint8(e, 119);
          writeVarUint(e, 2);
          writeUint8(e, 0xc3);
          writeUint8(e, 0x28);
        }),
      ),
    'malformed',
  ],
  ['NaN', () => one(first('w', key, [NaN, 'x'])), 'bad-value'],
  ['infinity', () => one(first('w', key, [Infinity, 'x'])), 'bad-value'],
  ['undefined', () => one(first('w', key, undefined)), 'bad-value'],
  ['big integer', () => one(first('w', key, 5n)), 'bad-value'],
  ['bytes', () => one(first('w', key, new Uint8Array(9))), 'bad-value'],
  [
    'object of 33 keys',
    () => one(first('p', key, Object.fromEntries(Array.from({ length: 33 }, (_, i) => [`k${i}`, 1])))),
    'bad-value',
  ],
  ['V2, 1e6 structs in 25 bytes', () => v2Bomb(1e6), 'malformed'],
  ['V2, 1e7 structs in 25 bytes', () => v2Bomb(1e7), 'malformed'],
  ['V2, 1e8 structs in 25 bytes', () => v2Bomb(1e8), 'malformed'],
  ['origin in its own future', () => one(following(9, 5, 1)), 'dependency-cycle'],
  ['origin is itself', () => one(following(9, 0, 1)), 'dependency-cycle'],
  [
    'two clients that wait for each other',
    () =>
      rawUpdate([
        { client: 9, structs: [following(8, 0, 1)] },
        { client: 8, structs: [following(9, 0, 1)] },
      ]),
    'dependency-cycle',
  ],
  ['good struct, then bad one', () => one(first('p', key, 1), following(9, 50, 1)), 'dependency-cycle'],
  ['good struct, then one on an unknown client', () => one(first('p', key, 1), following(424_242, 7, 1)), 'gap'],
  ['subdocument', subdocument, 'nested-type'],
  ['list insert', listInsert, 'list-insert'],
  [
    'right origin',
    () =>
      one((e) => {
        writeUint8(e, 8 | 32 | 64);
        for (const n of [victim, 0, 1]) writeVarUint(e, n);
        writeAny(e, 1);
      }),
    'list-insert',
  ],
  [
    'client twice',
    () =>
      rawUpdate([
        { client: 9, structs: [first('p', key, 1)] },
        { client: 9, structs: [first('p', key, 1)] },
      ]),
    'malformed',
  ],
  ['client id beyond 32 bits', () => rawUpdate([{ client: 2 ** 32, structs: [first('p', key, 1)] }]), 'malformed'],
  [
    'overlapping deletes',
    () =>
      rawUpdate(
        [],
        [
          [
            victim,
            [
              [0, 5],
              [3, 5],
            ],
          ],
        ],
      ),
    'malformed',
  ],
  ['a key begun twice', () => one(first('p', key, 1), first('p', key, 2)), 'malformed'],
  ['a write followed twice', () => one(following(victim, 0, 1), following(victim, 0, 2)), 'malformed'],
  ['trailing bytes', () => new Uint8Array([...rawUpdate([]), 0]), 'malformed'],
];

describe('hostile updates', () => {
  for (const [name, makeUpdate, reason] of hostile) {
    it(`D5 rejects, quickly and in little memory: ${name}`, () => {
      const update = makeUpdate();
      const doc = busyList();
      const before = { view: describeView(doc), state: doc.encode() };
      const memory = process.memoryUsage();
      const startedMs = performance.now();
      const inspection = inspectUpdate(update, maxBytes);
      const result = doc.apply(update, 'remote');
      const tookMs = performance.now() - startedMs;
      const grownBytes = process.memoryUsage().rss - memory.rss;
      expect(inspection).toEqual(reason === 'gap' ? { ok: true } : { ok: false, reason });
      expect(result).toEqual({ applied: false, reason });
      expect(tookMs).toBeLessThan(200);
      expect(grownBytes).toBeLessThan(64 * 1024 * 1024);
      expect(describeView(doc)).toBe(before.view);
      expect(doc.encode()).toEqual(before.state);
    });
  }
});
