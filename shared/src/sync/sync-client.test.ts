import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addItem, ListDocument } from '../document/index.ts';
import type { Answer, PullResult, Role } from '../protocol/index.ts';
import { FakeAccount } from '../testing/fake-account.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { namesOn, testAuthor, testList as list, testLog, updatesFor } from '../testing/family-updates.ts';
import { refusal, ScriptedTransport } from '../testing/scripted-transport.ts';
import { SeededRandom } from '../testing/seeded-random.ts';
import { TabsInOneProcess } from '../testing/tabs-in-one-process.ts';
import { MemoryStorage } from './memory-storage.ts';
import type { OpenList } from './open-list.ts';
import * as recovery from './recovery.ts';
import { SyncClient } from './sync-client.ts';
import type { TabChannel } from './tab-channel.ts';
import { createTabLocks } from './tab-locks.ts';

const [milk = new Uint8Array()] = updatesFor(1, ['Milk']);
const [tea = new Uint8Array()] = updatesFor(2, ['Tea']);

describe('the sync client, and what a server may say', () => {
  let clock: FakeClock;
  let transport: ScriptedTransport;
  let account: FakeAccount;
  let storage: MemoryStorage;
  let client: SyncClient;
  let otherTab: TabChannel;

  beforeEach(() => {
    clock = new FakeClock();
    transport = new ScriptedTransport();
    account = new FakeAccount();
    storage = new MemoryStorage();
    const random = new SeededRandom(1);
    const tabs = new TabsInOneProcess();
    otherTab = tabs.open();
    client = new SyncClient({
      transport,
      storage,
      account,
      tabs: tabs.open(),
      locks: createTabLocks(),
      loadRecovery: () => Promise.resolve(recovery),
      clock,
      randomBytes: (byteLength) => random.bytes(byteLength),
    });
  });
  afterEach(async () => {
    await client.dispose();
    expect(clock.pendingTimers).toBe(0);
  });

  const answer = (fields: Partial<PullResult>): Answer<PullResult> => ({
    ok: true,
    value: { role: 'editor', epoch: 0, head: 0, updates: [], ...fields },
  });
  const openKnown = async (role: Role = 'editor'): Promise<OpenList> => {
    await storage.saveList(list, { role });
    await client.start();
    const open = await client.open(list);
    await connect();
    return open;
  };
  const connect = async () => {
    await clock.advance(0);
    transport.emit({ kind: 'open', serverNowMs: clock.nowMs(), log: testLog });
    await clock.advance(0);
  };
  const add = (open: OpenList, name: string) => addItem(open.document, { name }, testAuthor);

  it('P3 names its client id when it pulls, so that it joins the room', async () => {
    const { document } = await openKnown();
    expect(transport.pulls).toEqual([{ list, epoch: 0, cursor: 0, clientId: document.clientId }]);
  });

  it('P2 takes a pull of several updates, and asks from there the next time', async () => {
    transport.onPull = () => answer({ head: 7, updates: [milk, tea] });
    const open = await openKnown();
    expect([namesOn(open.document), open.cursor]).toEqual([['Milk', 'Tea'], 7]);
    await open.sync();
    expect(transport.pulls.at(-1)?.cursor).toBe(7);
  });

  it('asks again for a list that it has never seen, while a server begins to answer', async () => {
    let isBack = false;
    transport.onPull = () => (isBack ? answer({ head: 1, updates: [milk] }) : refusal('unavailable'));
    const opening = client.open(list);
    await connect();
    expect(transport.pulls).toHaveLength(1);
    isBack = true;
    await clock.advance(250);
    expect(namesOn((await opening).document)).toEqual(['Milk']);
  });

  it.each([
    ['unavailable', 0, 5],
    ['rate-limited', 60_000, 1],
    ['not-found', undefined, 1],
  ] as const)('gives a list up that it has never seen when the answer is %s', async (code, retryAfterMs, pullCount) => {
    transport.onPull = () => refusal(code, retryAfterMs);
    const opening = client.open(list);
    const refused = expect(opening).rejects.toMatchObject({ code });
    await connect();
    await clock.advance(10_000);
    await refused;
    expect(transport.pulls).toHaveLength(pullCount);
  });

  it('P9 a tab whose phone refuses to store the next epoch stays there, whatever the other tabs store', async () => {
    const open = await openKnown();
    storage.replace = () => Promise.reject(new DOMException('No space', 'QuotaExceededError'));
    transport.onPull = () => answer({ epoch: 1, head: 9, updates: [tea] });
    await open.sync();
    transport.emit({ kind: 'close', reason: 'lost' });
    otherTab.post({ kind: 'outbox-changed', list });
    await clock.advance(0);
    expect([open.document.epoch, namesOn(open.document)]).toEqual([1, ['Tea']]);
  });

  it('P9 a newer epoch starts the list over, under another client id', async () => {
    transport.onPull = () => answer({ head: 3, updates: [milk] });
    const open = await openKnown();
    const { clientId } = open.document;
    const events: string[] = [];
    open.on((event) => events.push(event));
    transport.onPull = () => answer({ epoch: 1, head: 9, updates: [tea] });
    await open.sync();
    await clock.advance(0);
    expect([namesOn(open.document), open.document.epoch, open.cursor]).toEqual([['Tea'], 1, 9]);
    expect([open.document.clientId === clientId, events.includes('document')]).toEqual([false, true]);
    expect(transport.pulls.at(-1)).toEqual({ list, epoch: 1, cursor: 9, clientId: open.document.clientId });
    expect((await storage.load(list))?.meta).toMatchObject({ epoch: 1, cursor: 9 });
  });

  it('P9 what waits goes to the old epoch first', async () => {
    transport.onPush = () => refusal('busy');
    const open = await openKnown();
    add(open, 'Bread');
    await clock.advance(0);
    transport.onPull = () => answer({ epoch: 1, head: 9, updates: [tea] });
    transport.onPush = ({ epoch }) => transport.accept(epoch);
    await open.sync();
    await clock.advance(0);
    expect(transport.pushes.map(({ epoch }) => epoch)).toEqual([0, 0]);
    expect([open.document.epoch, open.state]).toEqual([1, { kind: 'saved' }]);
  });

  it('P9 what a viewer could not push holds no new epoch back', async () => {
    transport.onPull = () => answer({ role: 'viewer' });
    const open = await openKnown('viewer');
    transport.onPull = () => answer({ role: 'viewer', epoch: 1, head: 9, updates: [tea] });
    add(open, 'Bread');
    await clock.advance(0);
    await open.sync();
    await clock.advance(10_000);
    expect([namesOn(open.document), open.document.epoch]).toEqual([['Tea'], 1]);
    expect(transport.pulls.length).toBeLessThan(6);
    expect(open.state).toEqual({ kind: 'offline', waiting: 1 });
  });

  it('P9 a phone that cannot store the new epoch shows it all the same, and starts from the old one the next time', async () => {
    const open = await openKnown();
    storage.replace = () => Promise.reject(new DOMException('No space', 'QuotaExceededError'));
    transport.onPull = () => answer({ epoch: 1, head: 9, updates: [tea] });
    await open.sync();
    await clock.advance(0);
    expect([namesOn(open.document), open.document.epoch, open.cursor]).toEqual([['Tea'], 1, 9]);
    expect((await storage.load(list))?.meta.epoch).toBe(0);
  });

  it('P18 tells the app when the server speaks another version', async () => {
    let toldTimes = 0;
    client.onOutdated(() => {
      toldTimes += 1;
    });
    await openKnown();
    transport.emit({ kind: 'close', reason: 'lost' });
    expect(toldTimes).toBe(0);
    transport.emit({ kind: 'close', reason: 'outdated' });
    expect([toldTimes, client.status]).toEqual([1, 'offline']);
  });

  it.each(['busy', 'unavailable', 'internal', 'rate-limited'] as const)(
    'P1 a pull that is refused with %s is repeated on the same connection',
    async (code) => {
      transport.onPull = () => refusal(code);
      const open = await openKnown();
      transport.onPull = () => answer({ head: 1, updates: [milk] });
      await clock.advance(16_000);
      expect([namesOn(open.document), transport.connects]).toEqual([['Milk'], ['connect']]);
    },
  );

  it('P11 a pull that is refused for good is not repeated in a hurry', async () => {
    transport.onPull = () => refusal('epoch-ahead');
    await openKnown();
    await clock.advance(25_000);
    expect(transport.pulls).toHaveLength(1);
  });

  it('P1 a list that cannot be registered drops no connection, and says nothing before it is', async () => {
    account.refusal = { code: 'internal' };
    account.ensureSession = () => Promise.resolve();
    const begun = await client.create('Home');
    const open = await client.open(begun);
    await connect();
    await clock.advance(10_000);
    expect([transport.connects, transport.pulls, transport.pushes, open.state.kind]).toEqual([
      ['connect'],
      [],
      [],
      'saving',
    ]);
    account.refusal = null;
    await clock.advance(16_000);
    expect([transport.pushes.length, open.state]).toEqual([1, { kind: 'saved' }]);
  });

  it('P1 a list that another tab edits before it is registered drops no connection', async () => {
    account.refusal = { code: 'internal' };
    account.ensureSession = () => Promise.resolve();
    const begun = await client.create('Home');
    const open = await client.open(begun);
    await connect();
    otherTab.post({ kind: 'outbox-changed', list: begun });
    await clock.advance(10_000);
    expect([transport.connects, open.state.kind]).toEqual([['connect'], 'saving']);
  });

  it('P5 a copy that lacks something is not compacted, and is read again from the beginning', async () => {
    const updates = updatesFor(
      5,
      Array.from({ length: 60 }, (_, index) => `Item ${String(index)}`),
    );
    await storage.saveList(list, {});
    await storage.putRemote(list, { log: testLog, epoch: 0, cursor: 60 }, updates.slice(1));
    const open = await openKnown();
    expect(transport.pulls[0]?.cursor).toBe(0);
    expect((await storage.load(list))?.pieces.length).toBe(59);
    transport.onPull = () => answer({ head: 60, updates });
    await open.sync();
    expect([open.document.view.items.length, open.cursor]).toEqual([60, 60]);
  });

  it('P5 a summary that does not fit its list is put right when the list is opened', async () => {
    const open = await openKnown();
    add(open, 'milk');
    await client.close(list);
    await storage.saveList(list, { toBuy: 7 });
    await client.open(list);
    await clock.advance(50);
    expect(await client.lists()).toContainEqual(expect.objectContaining({ list, toBuy: 1 }));
  });

  it('P5 an open list that another tab has taken off the phone is not put back', async () => {
    const open = await openKnown();
    add(open, 'milk');
    await storage.remove(list);
    transport.emit({ kind: 'access', message: { list, role: null } });
    await clock.advance(50);
    expect([open.access, await storage.lists()]).toEqual([null, []]);
  });

  it('P5 a copy of many pieces is made into one, and is the same', async () => {
    const updates = updatesFor(
      5,
      Array.from({ length: 60 }, (_, index) => `Item ${String(index)}`),
    );
    await storage.saveList(list, {});
    await storage.putRemote(list, { log: testLog, epoch: 0, cursor: 60 }, updates);
    const open = await openKnown();
    const copy = await storage.load(list);
    const again = new ListDocument();
    again.applyAll(copy?.updates ?? [], 'storage');
    expect([copy?.pieces.length, namesOn(again)]).toEqual([0, namesOn(open.document)]);
  });
});
