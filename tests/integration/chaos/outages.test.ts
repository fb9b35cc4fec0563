import type { Cluster } from '@trolley/scripts/cluster/cluster';
import { startCluster } from '@trolley/scripts/cluster/start-cluster';
import { describe, expect, it } from 'vitest';
import { AcrossNodes } from '../../src/chaos/delivery.ts';
import { beginOutage, untilOver } from '../../src/chaos/outage.ts';
import { inSeconds, runRounds, type Strike } from '../../src/chaos/run-round.ts';
import { nodeEnv } from '../../src/chaos/node-env.ts';
import { config } from '../../src/config.ts';

const timeout = config.chaosRounds * 180_000;
/** Longest from one node to another while Redis is away, and once it is back. */
const awayMs = 3_000;
const backMs = 500;

const takeAway =
  (name: string): Strike =>
  async (cluster) => {
    await cluster.process(name).takeAway();
    await untilOver(beginOutage());
    await cluster.process(name).bringBack();
  };

const freeze =
  (kind: 'realtime' | 'api'): Strike =>
  async (cluster, random) => {
    const node = random.pick(cluster.nodes(kind));
    node.freeze();
    await untilOver(beginOutage());
    node.thaw();
  };

async function withCluster(work: (cluster: Cluster) => Promise<void>): Promise<void> {
  const cluster = await startCluster({ nodeEnv });
  try {
    await work(cluster);
  } finally {
    await cluster.stop();
  }
}

describe.concurrent('a cluster on which ten phones write, with something away for 20 seconds', () => {
  it('P1, R15 loses nothing while Redis is away, and nodes hear of each other all the same', { timeout }, async () => {
    await withCluster(async (cluster) => {
      const [first = '', second = ''] = cluster.nodes('realtime').map(({ url }) => url);
      await using pair = await AcrossNodes.meet(cluster.url, [first, second]);
      await runRounds(cluster, 'Redis is away', async () => {
        const { away, back } = await measureWithoutRedis(cluster, pair);
        console.log(
          `from node to node: ${inSeconds(away)} s at most while Redis is away, ${inSeconds(back)} s at most from its return on`,
        );
        expect(away).toBeLessThanOrEqual(awayMs);
        expect(back).toBeLessThanOrEqual(backMs);
      });
    });
  });

  it.each([
    ['Postgres is away', takeAway('postgres')],
    ['a realtime node is frozen', freeze('realtime')],
    ['an api node is frozen', freeze('api')],
  ])('P1 loses nothing while %s', { timeout }, async (title, strike) => {
    await withCluster((cluster) => runRounds(cluster, title, strike));
  });
});

/** The longest deliveries from one node to the other: while Redis is away, and from the moment when it is back. */
async function measureWithoutRedis(cluster: Cluster, pair: AcrossNodes): Promise<{ away: number; back: number }> {
  const redis = cluster.process('redis');
  await redis.takeAway();
  const outage = beginOutage();
  const away: number[] = [];
  while (!outage.aborted) away.push(await pair.measure());
  // Sent while it is away, and delivered when it is back.
  const late = pair.deliver();
  await redis.bringBack();
  const backAtMs = performance.now();
  const back = [(await late) - backAtMs];
  while (back.length < 10) back.push(await pair.measure());
  return { away: Math.max(...away), back: Math.max(...back) };
}
