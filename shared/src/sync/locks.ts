/** Lets one tab at a time do a thing. */
export interface Locks {
  /** Runs `work` while no other tab runs work under the same name. */
  run<T>(name: string, work: () => Promise<T>): Promise<T>;
}

/** A frozen tab (a phone's browser in the background) may keep a lock for hours; after this long it is taken from it. */
const stealAfterMs = 20_000;

/**
 * The browser's Web Locks. Work that lost its lock to a thief goes on: everything done under these locks may safely be done twice, the lock
 * only saves the trouble.
 */
export function createWebLocks(manager: LockManager): Locks {
  return {
    async run(name, work) {
      const begun: ReturnType<typeof work>[] = [];
      const request = async (options: LockOptions) => {
        try {
          return await manager.request(name, options, () => {
            const running = work();
            begun.push(running);
            return running;
          });
        } catch (error) {
          const [running] = begun;
          if (running === undefined) throw error;
          return running;
        }
      };
      const patience = AbortSignal.timeout(stealAfterMs);
      try {
        return await request({ signal: patience });
      } catch (error) {
        if (begun.length > 0 || !patience.aborted) throw error;
        return request({ steal: true });
      }
    },
  };
}
