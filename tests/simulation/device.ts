import type { Author } from '@trolley/shared/document';
import {
  createMemberId,
  TrolleyError,
  userIdSchema,
  type Clock,
  type Identity,
  type Session,
  type ListId,
} from '@trolley/shared/protocol';
import * as recovery from '@trolley/shared/recovery';
import {
  createTabLocks,
  MemoryStorage,
  SyncClient,
  type Account,
  type Locks,
  type OpenList,
  type Storage,
  type TabChannel,
} from '@trolley/shared/sync';
import { TabsInOneProcess, type MemoryLog, type SeededRandom } from '@trolley/shared/testing';
import { parse } from 'valibot';
import type { FakeNetwork, FakeTransport } from './fake-network.ts';
import { mortalStorage } from './wrap-storage.ts';

export interface World {
  clock: Clock;
  random: SeededRandom;
  network: FakeNetwork;
  log: MemoryLog;
}

/** A tab of a device: a sync client of its own over the device's storage. */
export class Tab {
  readonly client: SyncClient;
  readonly #transport: FakeTransport;
  readonly #die: () => void;
  open: OpenList | null = null;

  constructor(device: Device, world: World) {
    this.#transport = world.network.createTransport({
      authenticate: () => device.authenticate(),
      isReachable: () => device.isOnline,
    });
    let isAlive = true;
    const death = Promise.withResolvers<never>();
    death.promise.catch(() => undefined);
    this.#die = () => {
      isAlive = false;
      this.#transport.disconnect();
      death.reject(new Error('the tab is dead'));
    };
    this.client = new SyncClient({
      transport: this.#transport,
      storage: mortalStorage(device.storage, () => isAlive),
      account: device.account,
      tabs: device.openTabChannel(() => isAlive),
      // A browser frees the locks of a tab that is gone.
      locks: { run: (name, work) => device.locks.run(name, () => Promise.race([work(), death.promise])) },
      loadRecovery: () => Promise.resolve(recovery),
      clock: world.clock,
      randomBytes: (byteLength) => world.random.bytes(byteLength),
    });
  }

  /** The connection breaks; what is under way is lost. */
  cut(): void {
    this.#transport.cut();
  }

  /** The connection goes dead and looks open. */
  silence(): void {
    this.#transport.silence();
  }

  /** The browser kills the tab: nothing is flushed, and what it had under way never happens. */
  kill(): void {
    this.#die();
    void this.client.dispose();
  }
}

/** A phone: one storage, one account, and the tabs that are open on it. */
export class Device {
  readonly name: string;
  readonly identity: Identity;
  readonly storage: Storage;
  readonly locks: Locks = createTabLocks();
  readonly account: Account;
  readonly #world: World;
  readonly #tabChannel = new TabsInOneProcess();
  #session: string | null = null;
  /** Sessions that this device has begun so far. */
  sessionCount = 0;
  isOnline = true;
  tabs: Tab[] = [];

  /** `identity`: another device of somebody who is there already. */
  constructor(name: string, world: World, { storage, identity }: { storage?: Storage; identity?: Identity } = {}) {
    this.name = name;
    this.#world = world;
    this.storage = storage ?? new MemoryStorage();
    this.identity = identity ?? {
      userId: parse(userIdSchema, `user-${name}`),
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

  /** Opens the app. */
  async startTab(): Promise<Tab> {
    const tab = new Tab(this, this.#world);
    this.tabs.push(tab);
    await tab.client.start();
    return tab;
  }

  /** Opens the app at a list. */
  async openTab(list: ListId): Promise<Tab> {
    const tab = await this.startTab();
    tab.open = await tab.client.open(list);
    return tab;
  }

  killTab(tab: Tab): void {
    this.tabs = this.tabs.filter((other) => other !== tab);
    tab.kill();
  }

  /** What a tab that is dead says reaches nobody. */
  openTabChannel(isAlive: () => boolean): TabChannel {
    const channel = this.#tabChannel.open();
    return {
      ...channel,
      post: (message) => {
        if (isAlive()) channel.post(message);
      },
    };
  }

  /** Signs in, as somebody does who was here before. */
  beginSession(): void {
    this.sessionCount += 1;
    this.#session = `${this.name}, session ${this.sessionCount}`;
    this.#world.log.addIdentity(this.#session, this.identity);
  }

  /** The server forgets the session; the device does not know yet. */
  expireSession(): void {
    if (this.#session !== null) this.#world.log.removeIdentity(this.#session);
  }

  authenticate(): Promise<Session | null> {
    return this.#world.log.authenticate(this.#session === null ? {} : { authorization: this.#session });
  }

  #createAccount(): Account {
    const { userId, memberId } = this.identity;
    const { log, network } = this.#world;
    const hasSession = () => this.#session !== null;
    const ask = async <T>(work: () => T): Promise<T> => {
      if (!this.isOnline || !network.isUp) throw new TrolleyError('unavailable', 'No network.');
      return Promise.resolve(work());
    };
    const askAsMember = async <T>(work: () => T): Promise<T> => {
      if ((await this.authenticate()) === null) throw new TrolleyError('unauthenticated', 'No session.');
      return ask(work);
    };
    return {
      memberId,
      get hasSession() {
        return hasSession();
      },
      ensureSession: () =>
        ask(() => {
          if (!hasSession()) this.beginSession();
        }),
      forgetSession: () => {
        this.#session = null;
      },
      register: (list) =>
        askAsMember(() => {
          log.create(list, userId);
        }),
      lists: () => askAsMember(() => log.memberships(userId)),
    };
  }
}
