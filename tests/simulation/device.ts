import type { Author } from '@trolley/shared/document';
import {
  createMemberId,
  TrolleyError,
  userIdSchema,
  type Clock,
  type Identity,
  type ListId,
} from '@trolley/shared/protocol';
import {
  createTabLocks,
  MemoryStorage,
  SyncClient,
  type Account,
  type Locks,
  type OpenList,
  type Storage,
  type TabChannel,
  type TabMessage,
} from '@trolley/shared/sync';
import type { MemoryLog, SeededRandom } from '@trolley/shared/testing';
import type { FakeNetwork } from './fake-network.ts';

interface World {
  clock: Clock;
  random: SeededRandom;
  network: FakeNetwork;
  log: MemoryLog;
}

/** A tab of a device: a sync client of its own over the device's storage. */
export class Tab {
  readonly client: SyncClient;
  readonly #cutTransport: () => void;
  readonly #kill: () => void;
  open: OpenList | null = null;

  constructor(device: Device, world: World) {
    const transport = world.network.createTransport(device.identity, () => device.isOnline);
    let isAlive = true;
    const death = Promise.withResolvers<never>();
    death.promise.catch(() => undefined);
    this.#cutTransport = () => {
      transport.cut();
    };
    this.#kill = () => {
      isAlive = false;
      transport.disconnect();
      death.reject(new Error('the tab is dead'));
    };
    this.client = new SyncClient({
      transport,
      storage: mortal(device.storage, () => isAlive),
      account: device.account,
      tabs: device.createTabChannel(),
      // A browser frees the locks of a tab that is gone.
      locks: { run: (name, work) => device.locks.run(name, () => Promise.race([work(), death.promise])) },
      clock: world.clock,
      randomBytes: (byteLength) => world.random.bytes(byteLength),
    });
  }

  /** The connection breaks; what is under way is lost. */
  cut(): void {
    this.#cutTransport();
  }

  /** The browser kills the tab: nothing is flushed, and what it had under way never happens. */
  kill(): void {
    this.#kill();
    void this.client.dispose();
  }
}

/** A phone: one storage, one account, and the tabs that are open on it. */
export class Device {
  readonly name: string;
  readonly identity: Identity;
  readonly storage: Storage = new MemoryStorage();
  readonly locks: Locks = createTabLocks();
  readonly account: Account;
  readonly #world: World;
  readonly #tabListeners = new Set<{ tab: object; listener: (message: TabMessage) => void }>();
  isOnline = true;
  tabs: Tab[] = [];

  constructor(name: string, world: World) {
    this.name = name;
    this.#world = world;
    this.identity = {
      userId: userIdSchema.parse(`user-${name}`),
      memberId: createMemberId((byteLength) => world.random.bytes(byteLength)),
      name,
      color: 0,
    };
    this.account = this.#createAccount();
  }

  /** For commands: a phone's clock may be minutes off; the client corrects it by the server's. */
  author(tab: Tab): Author {
    return { memberId: this.identity.memberId, nowMs: tab.client.nowMs };
  }

  async openTab(list: ListId): Promise<Tab> {
    const tab = new Tab(this, this.#world);
    this.tabs.push(tab);
    await tab.client.start();
    tab.open = await tab.client.open(list);
    return tab;
  }

  killTab(tab: Tab): void {
    this.tabs = this.tabs.filter((other) => other !== tab);
    tab.kill();
  }

  createTabChannel(): TabChannel {
    const tab = {};
    return {
      post: (message) => {
        for (const entry of [...this.#tabListeners]) if (entry.tab !== tab) entry.listener(message);
      },
      listen: (listener) => {
        const entry = { tab, listener };
        this.#tabListeners.add(entry);
        return () => this.#tabListeners.delete(entry);
      },
      close: () => undefined,
    };
  }

  #createAccount(): Account {
    const { userId, memberId } = this.identity;
    const { log } = this.#world;
    const whenOnline = <T>(work: () => T): Promise<T> =>
      this.isOnline && this.#world.network.hasRelay
        ? Promise.resolve(work())
        : Promise.reject(new TrolleyError('unavailable', 'No network.'));
    return {
      memberId,
      hasSession: true,
      ensureSession: () => whenOnline(() => undefined),
      forgetSession: () => undefined,
      register: (list) =>
        whenOnline(() => {
          log.create(list, userId);
        }),
      lists: () => whenOnline(() => []),
    };
  }
}

/** A storage that a dead tab can no longer reach: its calls never come back. */
function mortal(storage: Storage, isAlive: () => boolean): Storage {
  const through =
    <A extends unknown[], T>(call: (...args: A) => Promise<T>) =>
    (...args: A): Promise<T> =>
      isAlive() ? call.apply(storage, args) : new Promise(() => undefined);
  return {
    lists: through(() => storage.lists()),
    saveList: through((...args) => storage.saveList(...args)),
    load: through((list) => storage.load(list)),
    putOutbox: through((...args) => storage.putOutbox(...args)),
    outbox: through((...args) => storage.outbox(...args)),
    countOutbox: through((list) => storage.countOutbox(list)),
    waitingLists: through(() => storage.waitingLists()),
    confirm: through((...args) => storage.confirm(...args)),
    putRemote: through((...args) => storage.putRemote(...args)),
    resetCursor: through((...args) => storage.resetCursor(...args)),
    compact: through((...args) => storage.compact(...args)),
    replace: through((...args) => storage.replace(...args)),
    remove: through((list) => storage.remove(list)),
  };
}
