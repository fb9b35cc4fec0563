import { createDecoder, readVarUint, readVarUint8Array } from 'lib0/decoding';
import { createEncoder, toUint8Array, writeVarUint } from 'lib0/encoding';
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import { readSyncMessage as readByLibrary, writeSyncStep1, writeSyncStep2, writeUpdate } from 'y-protocols/sync';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { SeededRandom } from '../../testing/seeded-random.ts';
import { encodeAwareness, readAwareness } from './awareness-entries.ts';
import {
  encodeAwarenessMessage,
  encodeMissingMessage,
  encodeStateMessage,
  encodeUpdateMessage,
  readSyncMessage,
} from './sync-message.ts';

const doc = new Y.Doc();
doc.clientID = 7;
doc.getMap('note').set('a', 'b');
const update = Y.encodeStateAsUpdate(doc);
const state = Y.encodeStateVector(doc);

type Encoder = ReturnType<typeof createEncoder>;
const byLibrary = (write: (encoder: Encoder) => void) => {
  const encoder = createEncoder();
  writeVarUint(encoder, 0);
  write(encoder);
  return toUint8Array(encoder);
};

describe('messages of the y-websocket protocol', () => {
  it.each([
    [
      'state',
      encodeStateMessage(state),
      byLibrary((encoder) => {
        writeSyncStep1(encoder, doc);
      }),
      state,
    ],
    [
      'missing',
      encodeMissingMessage(update),
      byLibrary((encoder) => {
        writeSyncStep2(encoder, doc);
      }),
      update,
    ],
    [
      'update',
      encodeUpdateMessage(update),
      byLibrary((encoder) => {
        writeUpdate(encoder, update);
      }),
      update,
    ],
  ] as const)('R19 are those of y-protocols: %s', (kind, ours, theirs, bytes) => {
    expect(ours).toEqual(theirs);
    expect(readSyncMessage(theirs)).toEqual({ kind, bytes });
  });

  it('R19 are understood by y-protocols', () => {
    const copy = new Y.Doc();
    const decoder = createDecoder(encodeMissingMessage(update));
    readVarUint(decoder);
    readByLibrary(decoder, createEncoder(), copy, null);
    expect(copy.getMap('note').get('a')).toBe('b');
  });

  it('R19 carry awareness as y-protocols has it', () => {
    const awareness = new Awareness(doc);
    awareness.setLocalState({ user: { name: 'Zoë' } });
    const theirs = encodeAwarenessUpdate(awareness, [7]);
    const clock = awareness.meta.get(7)?.clock ?? -1;
    awareness.destroy();
    const entries = [{ clientId: 7, clock, state: { user: { name: 'Zoë' } } }];
    expect(readAwareness(theirs)).toEqual(entries);
    expect(encodeAwareness(entries)).toEqual(theirs);
    const frame = createDecoder(encodeAwarenessMessage(theirs));
    expect([readVarUint(frame), readVarUint8Array(frame)]).toEqual([1, theirs]);
    expect(readSyncMessage(Uint8Array.of(3))?.kind).toBe('query-awareness');
  });

  it('R19 that are none are refused, whatever they are, and nothing beside their bytes is read (seed 3)', () => {
    const random = new SeededRandom(3);
    const frames = [encodeStateMessage(state), encodeUpdateMessage(update), encodeAwarenessMessage(Uint8Array.of(0))];
    for (let round = 0; round < 5_000; round += 1) {
      const frame = Uint8Array.from(random.pick(frames));
      const length = random.integer(frame.length + 1);
      for (let change = random.integer(3); change > 0; change -= 1)
        frame[random.integer(frame.length)] = random.integer(256);
      // In the middle of other memory, as Node hands frames over.
      const memory = new Uint8Array(4_096).fill(9);
      memory.set(frame, 1_000);
      const message = readSyncMessage(memory.subarray(1_000, 1_000 + length));
      expect((message?.bytes.length ?? 0) <= length).toBe(true);
      if (message !== null) readAwareness(message.bytes);
    }
    expect(readSyncMessage(Uint8Array.of(0, 2, 5, 1))).toBeNull();
    expect(readAwareness(Uint8Array.of(1, 1, 1, 4, 110, 117))).toBeNull();
    expect(readAwareness(Uint8Array.of(1, 1, 1, 1, 55))).toBeNull();
  });
});
