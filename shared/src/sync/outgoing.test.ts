import { beforeEach, describe, expect, it } from 'vitest';
import { ListDocument } from '../document/index.ts';
import type { Role } from '../protocol/index.ts';
import { settle } from '../testing/fake-clock.ts';
import { namesOn, testList as list, updatesFor } from '../testing/family-updates.ts';
import { refusal, ScriptedTransport } from '../testing/scripted-transport.ts';
import { TabsInOneProcess } from '../testing/tabs-in-one-process.ts';
import type { Locks } from './locks.ts';
import { MemoryStorage } from './memory-storage.ts';
import { Outgoing } from './outgoing.ts';
import type { PushOutcome } from './push-outbox.ts';
import type { UnstoredEdits } from './storage.ts';
import { createTabLocks } from './tab-locks.ts';

const noSpace = () => Promise.reject(new DOMException('No space', 'QuotaExceededError'));

describe('the way of own edits', () => {
  let storage: MemoryStorage;
  let transport: ScriptedTransport;
  let tabs: TabsInOneProcess;
  let locks: Locks;
  let outgoing: Outgoing;
  let role: Role | null;
  let isConnected: boolean;
  let ended: PushOutcome[];
  let pushed: { seq: number; isStored: boolean }[];
  let carried: number[];
  let shown: number[];
  let unstored: UnstoredEdits;

  const createOutgoing = (waiting = 0, afterPaint?: () => Promise<void>) =>
    new Outgoing(
      {
        ...(afterPaint === undefined ? {} : { afterPaint }),
        list,
        storage,
        transport,
        tabs: tabs.open(),
        locks,
        unstored,
        isConnected: () => isConnected,
        role: () => role,
        isOneByOne: () => false,
        onPushed: ({ seq }, _update, isStored) => pushed.push({ seq, isStored }),
        onCarried: (keys) => carried.push(...keys),
        isCarried: (key) => carried.includes(key),
        isOutdated: () => false,
        giveBase: () => Promise.resolve(false),
        onEnded: (outcome) => ended.push(outcome),
        onWaitingChange: () => shown.push(outgoing.waiting),
      },
      waiting,
    );

  beforeEach(async () => {
    storage = new MemoryStorage();
    transport = new ScriptedTransport();
    tabs = new TabsInOneProcess();
    locks = createTabLocks();
    unstored = new Map();
    [role, isConnected, ended, pushed, carried, shown] = ['editor', true, [], [], [], []];
    await storage.saveList(list, {});
    outgoing = createOutgoing();
  });

  const [milk = new Uint8Array(), bread = new Uint8Array(), eggs = new Uint8Array()] = updatesFor(1, [
    'Milk',
    'Bread',
    'Eggs',
  ]);
  const onServer = () => {
    const document = new ListDocument();
    for (const { update } of transport.pushes) {
      expect(document.apply(update, 'remote')).toEqual({ applied: true });
    }
    return namesOn(document);
  };

  it('P1 an edit is on the phone before it is sent, and waits until it is on disk', async () => {
    const storedAtPush: Promise<number>[] = [];
    transport.onPush = () => {
      storedAtPush.push(storage.countOutbox(list));
      return transport.accept();
    };
    const adding = outgoing.add({ epoch: 0, update: milk });
    expect(outgoing.waiting).toBe(1);
    await adding;
    expect([await Promise.all(storedAtPush), outgoing.waiting, await storage.countOutbox(list)]).toEqual([[1], 0, 0]);
    expect(pushed).toEqual([{ seq: 1, isStored: true }]);
    expect(shown.at(-1)).toBe(0);
  });

  it('P1 an edit counts as waiting at once, and is written when its frame has been painted, before it is sent', async () => {
    const frame = Promise.withResolvers<undefined>();
    outgoing = createOutgoing(0, async () => {
      await frame.promise;
    });
    const adding = outgoing.add({ epoch: 0, update: milk });
    await settle();
    expect([outgoing.waiting, await storage.countOutbox(list), transport.pushes.length]).toEqual([1, 0, 0]);
    transport.onPush = async () => {
      expect(await storage.countOutbox(list)).toBe(1);
      return transport.accept();
    };
    frame.resolve(undefined);
    await adding;
    expect([outgoing.waiting, transport.pushes.length]).toEqual([0, 1]);
  });

  it('P1 an edit whose frame never comes is written when the list is closed, and once', async () => {
    isConnected = false;
    const frame = Promise.withResolvers<undefined>();
    outgoing = createOutgoing(0, async () => {
      await frame.promise;
    });
    const adding = outgoing.add({ epoch: 0, update: milk });
    await outgoing.flush();
    expect([outgoing.waiting, await storage.countOutbox(list)]).toEqual([1, 1]);
    frame.resolve(undefined);
    await adding;
    expect([outgoing.waiting, await storage.countOutbox(list)]).toEqual([1, 1]);
  });

  it('W2 an edit is told as unstored from the moment it is made until the phone has stored it', async () => {
    const disk = Promise.withResolvers<undefined>();
    const put = storage.putOutbox.bind(storage);
    storage.putOutbox = async (...edit) => {
      await disk.promise;
      return put(...edit);
    };
    const first = { epoch: 0, update: milk };
    const second = { epoch: 0, update: bread };
    const adding = [outgoing.add(first), outgoing.add(second)];
    await settle();
    expect([...unstored]).toEqual([
      [first, list],
      [second, list],
    ]);
    disk.resolve(undefined);
    await Promise.all(adding);
    expect(unstored.size).toBe(0);
  });

  it('P1 edits made without a connection wait, and go together', async () => {
    isConnected = false;
    await Promise.all([
      outgoing.add({ epoch: 0, update: milk }),
      outgoing.add({ epoch: 0, update: bread }),
      outgoing.add({ epoch: 0, update: eggs }),
    ]);
    expect([outgoing.waiting, transport.pushes.length]).toEqual([3, 0]);
    await outgoing.push();
    expect([outgoing.waiting, transport.pushes.length]).toEqual([3, 0]);
    isConnected = true;
    expect(await outgoing.push()).toEqual({ kind: 'empty' });
    expect([transport.pushes.length, onServer()]).toEqual([1, ['Bread', 'Eggs', 'Milk']]);
  });

  it('P1 what waits is never counted too low while edits are stored and pushed', async () => {
    const low: number[] = [];
    const putOutbox = storage.putOutbox.bind(storage);
    storage.putOutbox = async (...args) => {
      await putOutbox(...args);
      await settle();
    };
    isConnected = false;
    const adding = [milk, bread, eggs].map((update) => outgoing.add({ epoch: 0, update: update }));
    const refreshing = [1, 2, 3].map(() => outgoing.refresh());
    for (let tick = 0; tick < 30; tick += 1) {
      if (outgoing.waiting < 3) low.push(outgoing.waiting);
      await Promise.resolve();
    }
    await Promise.all([...adding, ...refreshing]);
    expect([low, outgoing.waiting]).toEqual([[], 3]);
  });

  it('P1 the other tabs hear of an edit when it is stored, and of a push when it is done', async () => {
    await outgoing.add({ epoch: 0, update: milk });
    expect(tabs.said).toEqual([
      { kind: 'edited', list, epoch: 0, update: milk },
      { kind: 'outbox-changed', list },
    ]);
  });

  it('P1 how a push ended is told, whoever began it', async () => {
    transport.onPush = () => refusal('busy', 40);
    await outgoing.add({ epoch: 0, update: milk });
    transport.onPush = () => new Error('no answer');
    await outgoing.push();
    expect(ended).toEqual([{ kind: 'retry', afterMs: 40 }, { kind: 'lost' }]);
    expect(outgoing.waiting).toBe(1);
  });

  it('P1 an edit that the phone refuses to store reaches the server all the same, and the chip waits for it', async () => {
    storage.putOutbox = noSpace;
    isConnected = false;
    await outgoing.add({ epoch: 0, update: milk });
    expect([outgoing.waiting, outgoing.isHeldInMemory, await storage.countOutbox(list)]).toEqual([1, true, 0]);
    isConnected = true;
    await outgoing.add({ epoch: 0, update: bread });
    expect([outgoing.waiting, outgoing.isHeldInMemory, onServer()]).toEqual([0, false, ['Bread', 'Milk']]);
    expect(pushed.map(({ isStored }) => isStored)).toEqual([false, false]);
  });

  it('P1 edits reach the server although the phone can neither write nor read', async () => {
    Object.assign(storage, { putOutbox: noSpace, outbox: noSpace, countOutbox: noSpace, confirm: noSpace });
    await outgoing.add({ epoch: 0, update: milk });
    expect([outgoing.waiting, onServer()]).toEqual([0, ['Milk']]);
  });

  it('P6 edits reach the server in their order, also those that the phone refused for a while', async () => {
    const putOutbox = storage.putOutbox.bind(storage);
    isConnected = false;
    await outgoing.add({ epoch: 0, update: milk });
    storage.putOutbox = noSpace;
    await outgoing.add({ epoch: 0, update: bread });
    storage.putOutbox = putOutbox;
    await outgoing.add({ epoch: 0, update: eggs });
    expect([outgoing.waiting, outgoing.isHeldInMemory, await storage.countOutbox(list)]).toEqual([3, false, 3]);
    isConnected = true;
    await outgoing.push();
    expect(onServer()).toEqual(['Bread', 'Eggs', 'Milk']);
  });

  it('P6 what is in memory does not overtake what is stored', async () => {
    isConnected = false;
    await outgoing.add({ epoch: 0, update: milk });
    storage.putOutbox = noSpace;
    await outgoing.add({ epoch: 0, update: bread });
    isConnected = true;
    transport.onPush = () => refusal('rate-limited', 9);
    expect(await outgoing.push()).toEqual({ kind: 'retry', afterMs: 9 });
    expect([transport.pushes.length, outgoing.waiting]).toEqual([1, 2]);
    storage.outbox = noSpace;
    expect(await outgoing.push()).toEqual({ kind: 'retry', afterMs: undefined });
    expect([transport.pushes.length, outgoing.waiting]).toEqual([1, 2]);
  });

  it('P13 an edit in memory that the server does not take is offered again, slowly', async () => {
    storage.putOutbox = noSpace;
    transport.onPush = () => refusal('update-rejected');
    await outgoing.add({ epoch: 0, update: milk });
    expect([ended, outgoing.waiting]).toEqual([[{ kind: 'disputed' }], 1]);
  });

  it.each([null, 'viewer'] as const)('P15 nothing is pushed by whoever has the role %s', async (lesser) => {
    role = lesser;
    await outgoing.add({ epoch: 0, update: milk });
    expect([transport.pushes.length, outgoing.waiting]).toEqual([0, 1]);
  });

  it('P10 two tabs that push at once send nothing twice', async () => {
    isConnected = false;
    await outgoing.add({ epoch: 0, update: milk });
    const other = createOutgoing(1);
    isConnected = true;
    await Promise.all([outgoing.push(), other.push(), outgoing.push()]);
    await other.refresh();
    expect([transport.pushes.length, outgoing.waiting, other.waiting]).toEqual([1, 0, 0]);
  });
});
