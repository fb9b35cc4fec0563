import { afterEach, describe, expect, it, vi } from 'vitest';
import { createWebLocks, type Locks } from './locks.ts';
import { createTabLocks } from './tab-locks.ts';

/** Node's own Web Locks. Each test has a lock of its own. */
const webLocks = () => createWebLocks(navigator.locks);
let lastName = 0;
const freshName = () => {
  lastName += 1;
  return `lock-${String(lastName)}`;
};

/** Work that is done when the test says so. */
function heldWork(order: string[], name: string) {
  const { promise, resolve } = Promise.withResolvers<string>();
  const begun = Promise.withResolvers<undefined>();
  const work = async () => {
    order.push(`${name} begins`);
    begun.resolve(undefined);
    const result = await promise;
    order.push(`${name} ends`);
    return result;
  };
  return { work, finish: resolve, begun: begun.promise };
}

const kinds: [string, () => Locks][] = [
  ['this tab', createTabLocks],
  ['the browser', webLocks],
];

afterEach(() => {
  vi.restoreAllMocks();
});

describe.each(kinds)('the locks of %s', (_kind, create) => {
  it('P10 let one work at a time, in the order of asking', async () => {
    const locks = create();
    const name = freshName();
    const order: string[] = [];
    const [a, b] = [heldWork(order, 'a'), heldWork(order, 'b')];
    const running = [locks.run(name, a.work), locks.run(name, b.work)];
    await a.begun;
    a.finish('A');
    await b.begun;
    b.finish('B');
    expect(await Promise.all(running)).toEqual(['A', 'B']);
    expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  });

  it('P10 do not make different work wait', async () => {
    const locks = create();
    const order: string[] = [];
    const [a, b] = [heldWork(order, 'a'), heldWork(order, 'b')];
    const running = [locks.run(freshName(), a.work), locks.run(freshName(), b.work)];
    await Promise.all([a.begun, b.begun]);
    a.finish('A');
    b.finish('B');
    expect(await Promise.all(running)).toEqual(['A', 'B']);
  });

  it('P10 are let go by work that fails', async () => {
    const locks = create();
    const name = freshName();
    const failing = locks.run(name, () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect(await locks.run(name, () => Promise.resolve('yes'))).toBe('yes');
  });
});

describe('the locks of the browser', () => {
  /** Lets the patience of those who wait end when the test says so. */
  function handPatience(): AbortController[] {
    const patience: AbortController[] = [];
    vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => {
      const controller = new AbortController();
      patience.push(controller);
      return controller.signal;
    });
    return patience;
  }
  const end = (controller: AbortController | undefined) => {
    controller?.abort(new DOMException('too long', 'TimeoutError'));
  };

  it('P1 are taken from a frozen tab after a while, and its work goes on should it wake', async () => {
    const patience = handPatience();
    const locks = webLocks();
    const name = freshName();
    const order: string[] = [];
    const [frozen, next] = [heldWork(order, 'frozen'), heldWork(order, 'next')];
    const frozenRun = locks.run(name, frozen.work);
    await frozen.begun;
    const nextRun = locks.run(name, next.work);
    end(patience[1]);
    await next.begun;
    next.finish('N');
    expect(await nextRun).toBe('N');
    frozen.finish('F');
    expect(await frozenRun).toBe('F');
    expect(order).toEqual(['frozen begins', 'next begins', 'next ends', 'frozen ends']);
  });

  it('P1 do not make a thief fail that is robbed itself', async () => {
    const patience = handPatience();
    const locks = webLocks();
    const name = freshName();
    const works = ['a', 'b', 'c'].map((each) => heldWork([], each));
    const runs: Promise<string>[] = [];
    for (const [position, { work, begun }] of works.entries()) {
      runs.push(locks.run(name, work));
      if (position > 0) end(patience[position]);
      await begun;
    }
    for (const { finish } of works) finish('done');
    expect(await Promise.all(runs)).toEqual(['done', 'done', 'done']);
  });

  it('P1 do the work once, whatever happens to the lock', async () => {
    const patience = handPatience();
    let times = 0;
    const work = heldWork([], 'a');
    const running = webLocks().run(freshName(), () => {
      times += 1;
      return work.work();
    });
    await work.begun;
    end(patience[0]);
    work.finish('A');
    expect([await running, times]).toEqual(['A', 1]);
  });

  it('P1 say so when the browser refuses them', async () => {
    const refused = new DOMException('The page is not in use', 'InvalidStateError');
    vi.spyOn(navigator.locks, 'request').mockRejectedValue(refused);
    await expect(webLocks().run(freshName(), () => Promise.resolve('no'))).rejects.toBe(refused);
  });
});
