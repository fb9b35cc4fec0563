import type { Cluster } from '@trolley/scripts/cluster/cluster';
import { startCluster } from '@trolley/scripts/cluster/start-cluster';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AcrossNodes } from '../src/chaos/delivery.ts';

/** Below the time after which nodes would find a difference by themselves. */
const pushedMs = 1_000;
/** So many channels are on more than one master, almost always. */
const listCount = 8;

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster({ redisMasters: 3 });
});
afterAll(async () => {
  await cluster.stop();
});

describe('nodes on a Redis Cluster of three masters', () => {
  it('R2 broadcast to each other, whichever master has the channel', async () => {
    const [first = '', second = ''] = cluster.nodes('realtime').map(({ url }) => url);
    await using stack = new AsyncDisposableStack();
    for (let index = 0; index < listCount; index += 1) {
      const pair = stack.use(await AcrossNodes.meet(cluster.url, [first, second]));
      await pair.measure();
      expect(await pair.measure()).toBeLessThan(pushedMs);
    }
  });

  it('R12 hear what the api has to tell', async () => {
    const [first = '', second = ''] = cluster.nodes('realtime').map(({ url }) => url);
    await using pair = await AcrossNodes.meet(cluster.url, [first, second]);
    await pair.measure();
    expect(await pair.measureRemoval()).toBeLessThan(pushedMs);
  });
});
