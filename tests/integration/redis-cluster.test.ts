import type { Cluster } from '@trolley/scripts/cluster/cluster';
import { startCluster } from '@trolley/scripts/cluster/start-cluster';
import { createListId } from '@trolley/shared/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AcrossNodes } from '../src/chaos/delivery.ts';
import { Connection } from '../src/connection.ts';
import { HttpAccount } from '../src/http-account.ts';

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

  it('R23 cut the connections of a session that has ended, whichever of them it is connected to, and nobody else', async () => {
    const nodes = cluster.nodes('realtime').map(({ url }) => url);
    expect(nodes).toHaveLength(2);
    const [account, other] = [await HttpAccount.createGuest(cluster.url), await HttpAccount.createGuest(cluster.url)];
    const list = createListId((length) => new Uint8Array(length));
    using stack = new DisposableStack();
    const open = async (who: HttpAccount) => {
      const connections = await Promise.all(nodes.map((url) => Connection.open(url, who)));
      return connections.map((connection) => stack.use(connection));
    };
    const [ended, others] = [await open(account), await open(other)];
    for (const connection of ended) expect(await connection.isAlive(list)).toBe(true);

    const startedAtMs = performance.now();
    await account.signOut();
    expect(await Promise.all(ended.map(({ closed }) => closed))).toEqual(['dismissed', 'dismissed']);
    expect(performance.now() - startedAtMs).toBeLessThan(pushedMs);
    for (const connection of others) expect(await connection.isAlive(list)).toBe(true);
    for (const url of nodes) await expect(Connection.open(url, account)).rejects.toThrow('unauthenticated');
  });
});
