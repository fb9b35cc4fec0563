import { beforeEach, describe, expect, it } from 'vitest';
import { inspectUpdate, ListDocument } from '../document/index.ts';
import { limits, type PushResult } from '../protocol/index.ts';
import { largeUpdate, namesOn, testList as list, updatesFor } from '../testing/family-updates.ts';
import { refusal, ScriptedTransport } from '../testing/scripted-transport.ts';
import { MemoryStorage } from './memory-storage.ts';
import { pushOutbox } from './push-outbox.ts';

const manyNames = (count: number) => Array.from({ length: count }, (_, index) => `Item ${String(index)}`);

describe('pushing an outbox', () => {
  let storage: MemoryStorage;
  let transport: ScriptedTransport;
  let pushed: PushResult[];
  let carried: number[];
  let outdated: Uint8Array[];
  let bases: number[];
  let kept: number[];

  beforeEach(async () => {
    storage = new MemoryStorage();
    transport = new ScriptedTransport();
    [pushed, carried, outdated, bases, kept] = [[], [], [], [], []];
    await storage.saveList(list, {});
  });

  const put = async (updates: readonly Uint8Array[], epoch = 0) => {
    for (const update of updates) await storage.putOutbox(list, { epoch, update });
  };
  const push = (isOneByOne = false) =>
    pushOutbox({
      isOneByOne,
      list,
      storage,
      transport,
      onPushed: (result) => pushed.push(result),
      onCarried: (keys) => carried.push(...keys),
      isCarried: (key) => carried.includes(key),
      isOutdated: ({ update }) => outdated.includes(update),
      giveBase: (epoch) => {
        bases.push(epoch);
        return Promise.resolve(kept.includes(epoch));
      },
    });

  it('P1 sends several edits as one update, and they leave the outbox when that is on disk', async () => {
    await put(updatesFor(1, ['Milk', 'Bread', 'Eggs']));
    expect(await push()).toEqual({ kind: 'empty' });
    const there = new ListDocument();
    for (const { update } of transport.pushes) there.apply(update, 'remote');
    expect([transport.pushes.length, namesOn(there)]).toEqual([1, ['Bread', 'Eggs', 'Milk']]);
    expect([pushed, await storage.countOutbox(list)]).toEqual([[{ epoch: 0, seq: 1 }], 0]);
  });

  it('P8 sends each edit by itself to a server that has lost their epoch', async () => {
    await put(updatesFor(1, ['Milk', 'Bread', 'Eggs']));
    expect(await push(true)).toEqual({ kind: 'empty' });
    expect([transport.pushes.length, await storage.countOutbox(list)]).toEqual([3, 0]);
  });

  it('P1 has nothing to send when nothing waits', async () => {
    expect(await push()).toEqual({ kind: 'empty' });
    expect(transport.pushes).toEqual([]);
  });

  it(`P12 merges at most ${String(limits.maxMergedUpdates)} edits at once, oldest first`, async () => {
    const there = new ListDocument();
    const counts: number[] = [];
    transport.onPush = async ({ update }) => {
      expect(there.apply(update, 'remote')).toEqual({ applied: true });
      counts.push(await storage.countOutbox(list));
      return transport.accept();
    };
    await put(updatesFor(1, manyNames(250)));
    expect(await push()).toEqual({ kind: 'empty' });
    expect(counts).toEqual([250, 150, 50]);
    expect(there.view.items).toHaveLength(250);
  });

  it('P12 merges no more than one update may have', async () => {
    await put([1, 2, 3].map((clientId) => largeUpdate(clientId, 25_000)));
    expect(await push()).toEqual({ kind: 'empty' });
    expect(transport.pushes).toHaveLength(2);
    for (const { update, isBulk } of transport.pushes) {
      expect([update.byteLength <= limits.maxUpdateBytes, isBulk]).toEqual([true, undefined]);
      expect(inspectUpdate(update, limits.maxUpdateBytes)).toEqual({ ok: true });
    }
  });

  it('P12 says so when a single edit is larger', async () => {
    await put([largeUpdate(1, limits.maxUpdateBytes + 1), ...updatesFor(2, ['Milk'])]);
    expect(await push()).toEqual({ kind: 'empty' });
    expect(transport.pushes.map(({ isBulk }) => isBulk)).toEqual([true, undefined]);
  });

  it('P9 never merges edits of two epochs', async () => {
    const [first = new Uint8Array(), second = new Uint8Array()] = updatesFor(1, ['Milk', 'Bread']);
    await put([first, second], 0);
    await put(updatesFor(2, ['Eggs']), 1);
    await put(updatesFor(3, ['Rice']), 0);
    expect(await push()).toEqual({ kind: 'empty' });
    expect(transport.pushes.map(({ epoch }) => epoch)).toEqual([0, 1, 0]);
  });

  it('P9 edits of a sealed epoch stay in the outbox when they were carried over, and hold up nobody', async () => {
    await put(updatesFor(1, ['Milk', 'Bread']), 0);
    await put(updatesFor(2, ['Eggs']), 1);
    transport.onPush = () => transport.accept(1);
    expect(await push()).toEqual({ kind: 'empty' });
    expect(transport.pushes.map(({ epoch }) => epoch)).toEqual([0, 1]);
    const waiting = await storage.outbox(list, 10);
    expect([waiting.map(({ epoch }) => epoch), waiting.map(({ key }) => key)]).toEqual([[0, 0], carried]);
    expect(pushed).toHaveLength(1);
    expect(await push()).toEqual({ kind: 'empty' });
    expect(transport.pushes).toHaveLength(2);
  });

  it('P9 an edit of one epoch that the server does not take holds up none of another', async () => {
    await put(updatesFor(1, ['Milk', 'Bread']), 0);
    await put(updatesFor(2, ['Eggs']), 1);
    await put(updatesFor(3, ['Rice']), 0);
    transport.onPush = ({ epoch }) => (epoch === 0 ? refusal('update-rejected') : transport.accept(1));
    expect(await push()).toEqual({ kind: 'disputed' });
    expect((await storage.outbox(list, 10)).map(({ epoch }) => epoch)).toEqual([0, 0, 0]);
  });

  it('P8 gives what an edit builds on where the server has lost it, and offers the edit again, once', async () => {
    await put(updatesFor(1, ['Milk', 'Bread']), 0);
    await put(updatesFor(2, ['Eggs']), 3);
    kept = [0];
    transport.onPush = ({ epoch }) =>
      epoch === 0 && bases.length > 0 ? transport.accept(4) : refusal('update-rejected');
    expect(await push(true)).toEqual({ kind: 'disputed' });
    expect([bases, carried.length]).toEqual([[0, 3], 2]);
    expect(transport.pushes.map(({ epoch }) => epoch)).toEqual([0, 0, 0, 3]);
  });

  it('P8 tells nothing of what somebody else did in an epoch that is lost', async () => {
    const [milk = new Uint8Array(), bread = new Uint8Array()] = updatesFor(1, ['Milk', 'Bread']);
    await put([milk, ...updatesFor(2, ['Eggs']), bread]);
    outdated = [milk, bread];
    expect(await push()).toEqual({ kind: 'empty' });
    expect([transport.pushes.length, await storage.countOutbox(list)]).toEqual([1, 0]);
  });

  it('P8 tells it where an own edit may build on it', async () => {
    const [milk = new Uint8Array(), bread = new Uint8Array()] = updatesFor(1, ['Milk', 'Bread']);
    await put([milk, bread], 3);
    outdated = [milk];
    transport.onPush = () => (transport.pushes.length === 1 ? refusal('update-rejected') : transport.accept(4));
    expect(await push(true)).toEqual({ kind: 'empty' });
    expect(transport.pushes.map(({ update }) => update)).toEqual([bread, milk, bread]);
  });

  it('P8 keeps it for as long as what may build on it is only carried over: a restore would lose both', async () => {
    const [milk = new Uint8Array(), bread = new Uint8Array()] = updatesFor(1, ['Milk', 'Bread']);
    await put([milk, bread], 3);
    outdated = [milk];
    transport.onPush = () => transport.accept(4);
    expect([await push(), await push()]).toEqual([{ kind: 'empty' }, { kind: 'empty' }]);
    const entries = await storage.outbox(list, 9);
    expect([transport.pushes.length, entries.map(({ update }) => update)]).toEqual([1, [milk, bread]]);
    expect(carried.toSorted()).toEqual(entries.map(({ key }) => key));
  });

  it('P1 counts a push before its edits leave the outbox', async () => {
    await put(updatesFor(1, ['Milk']));
    const waiting: Promise<number>[] = [];
    const onPushed = () => waiting.push(storage.countOutbox(list));
    await pushOutbox({
      list,
      storage,
      transport,
      isOneByOne: false,
      onPushed,
      onCarried: () => undefined,
      isCarried: () => false,
      isOutdated: () => false,
      giveBase: () => Promise.resolve(false),
    });
    expect(await Promise.all(waiting)).toEqual([1]);
  });

  it('P1 keeps everything when no answer comes', async () => {
    await put(updatesFor(1, ['Milk', 'Bread']));
    transport.onPush = () => new Error('no answer');
    expect(await push()).toEqual({ kind: 'lost' });
    expect(await storage.countOutbox(list)).toBe(2);
  });

  it.each(['rate-limited', 'busy', 'unavailable', 'internal', 'unauthenticated'] as const)(
    'P1 keeps everything and comes back when the server says %s',
    async (code) => {
      await put(updatesFor(1, ['Milk', 'Bread']));
      transport.onPush = () => refusal(code, 1_234);
      expect(await push()).toEqual({ kind: 'retry', afterMs: 1_234 });
      expect([transport.pushes.length, await storage.countOutbox(list)]).toEqual([1, 2]);
    },
  );

  it.each(['forbidden', 'not-found', 'epoch-ahead'] as const)(
    'P15 keeps everything when the server says %s',
    async (code) => {
      await put(updatesFor(1, ['Milk', 'Bread']));
      transport.onPush = () => refusal(code);
      expect(await push()).toMatchObject({ kind: 'refused', error: { code } });
      expect([transport.pushes.length, await storage.countOutbox(list)]).toEqual([1, 2]);
    },
  );

  it.each(['update-rejected', 'too-large', 'bad-request'] as const)(
    'P13 offers an edit again, slowly, that the server finds %s, and nothing before it',
    async (code) => {
      await put(updatesFor(1, ['Milk', 'Bread']));
      transport.onPush = () => refusal(code);
      expect(await push()).toEqual({ kind: 'disputed' });
      expect(await storage.countOutbox(list)).toBe(2);
    },
  );

  it('P6 offers edits one by one that make no good update together: merged over a hole', async () => {
    const [first = new Uint8Array(), middle = new Uint8Array(), last = new Uint8Array()] = updatesFor(1, [
      'Milk',
      'Bread',
      'Eggs',
    ]);
    const there = new ListDocument();
    there.apply(first, 'remote');
    there.apply(middle, 'remote');
    transport.onPush = ({ update }) => {
      const inspected = inspectUpdate(update, limits.maxUpdateBytes);
      return inspected.ok && there.apply(update, 'remote').applied ? transport.accept() : refusal('update-rejected');
    };
    await put([first, last]);
    expect(await push()).toEqual({ kind: 'empty' });
    expect([transport.pushes.length, await storage.countOutbox(list)]).toEqual([3, 0]);
    expect(namesOn(there)).toEqual(['Bread', 'Eggs', 'Milk']);
  });

  it('P1 goes on after the edit that several were refused for, once the server takes it', async () => {
    await put(updatesFor(1, ['Milk', 'Bread', 'Eggs']));
    let refusals = 2;
    transport.onPush = () => {
      refusals -= 1;
      return refusals < 0 ? transport.accept() : refusal('update-rejected');
    };
    expect(await push()).toEqual({ kind: 'disputed' });
    expect(await push()).toEqual({ kind: 'empty' });
    expect(await storage.countOutbox(list)).toBe(0);
  });

  it('P1 rejects, having sent nothing twice, when the phone does not say what waits', async () => {
    await put(updatesFor(1, ['Milk']));
    storage.outbox = () => Promise.reject(new DOMException('broken', 'UnknownError'));
    await expect(push()).rejects.toThrow('broken');
    expect(transport.pushes).toEqual([]);
  });
});
