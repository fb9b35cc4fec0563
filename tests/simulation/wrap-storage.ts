import type { Clock } from '@trolley/shared/protocol';
import type { Storage } from '@trolley/shared/sync';
import type { SeededRandom } from '@trolley/shared/testing';

type Around = <T>(call: () => Promise<T>) => Promise<T>;

/** A storage as one tab sees it: when the tab is dead, its calls do nothing and never come back. */
export function mortalStorage(storage: Storage, isAlive: () => boolean): Storage {
  const never = <T>() => Promise.withResolvers<T>().promise;
  return wrapStorage(storage, async (call) => {
    if (!isAlive()) return never();
    const result = await call();
    return isAlive() ? result : never();
  });
}

/** A storage that does one thing after the other, and takes its time for each and for saying so, as IndexedDB does. */
export function slowStorage(storage: Storage, clock: Clock, random: SeededRandom): Storage {
  const wait = () =>
    new Promise<void>((resolve) => {
      clock.schedule(random.integer(8), resolve);
    });
  let last: Promise<unknown> = Promise.resolve();
  return wrapStorage(storage, async (call) => {
    const done = last.then(wait).then(call);
    last = done.catch(() => undefined);
    const result = await done;
    await wait();
    return result;
  });
}

function wrapStorage(storage: Storage, around: Around): Storage {
  return {
    lists: () => around(() => storage.lists()),
    saveList: (...args) => around(() => storage.saveList(...args)),
    changeList: (...args) => around(() => storage.changeList(...args)),
    load: (list) => around(() => storage.load(list)),
    putOutbox: (...args) => around(() => storage.putOutbox(...args)),
    outbox: (...args) => around(() => storage.outbox(...args)),
    countOutbox: (list) => around(() => storage.countOutbox(list)),
    waitingLists: () => around(() => storage.waitingLists()),
    confirm: (...args) => around(() => storage.confirm(...args)),
    forget: (...args) => around(() => storage.forget(...args)),
    putRemote: (...args) => around(() => storage.putRemote(...args)),
    enterLog: (...args) => around(() => storage.enterLog(...args)),
    compact: (...args) => around(() => storage.compact(...args)),
    replace: (...args) => around(() => storage.replace(...args)),
    leftEpoch: (...args) => around(() => storage.leftEpoch(...args)),
    remove: (list) => around(() => storage.remove(list)),
  };
}
