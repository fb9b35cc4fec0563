import type { Cluster } from '@trolley/scripts/cluster/cluster';
import { startCluster } from '@trolley/scripts/cluster/start-cluster';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { runRounds, type Strike } from '../../src/chaos/run-round.ts';
import { nodeEnv } from '../../src/chaos/node-env.ts';
import { config } from '../../src/config.ts';

const timeout = config.chaosRounds * 120_000;

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster({ nodeEnv });
});
afterAll(async () => {
  await cluster.stop();
});

const kill = async (names: readonly string[], signal: NodeJS.Signals = 'SIGKILL') => {
  const killed = names.map((name) => cluster.process(name));
  await Promise.all(killed.map((process) => process.kill(signal)));
  await Promise.all(killed.map((process) => process.untilReady()));
};
const names = (kind: 'realtime' | 'api') => cluster.nodes(kind).map(({ name }) => name);

const kills: readonly (readonly [string, Strike])[] = [
  ['a realtime node is killed', (_cluster, random) => kill([random.pick(names('realtime'))])],
  ['an api node is killed', (_cluster, random) => kill([random.pick(names('api'))])],
  ['all nodes are killed at once', () => kill([...names('realtime'), ...names('api')])],
  ['Postgres stops immediately', () => kill(['postgres'], 'SIGQUIT')],
  ['Redis is killed', () => kill(['redis'])],
  ['everything is killed at once', () => kill(cluster.processes.map(({ name }) => name))],
  ['all nodes are restarted one after the other', () => cluster.rollingRestart()],
];

describe('a cluster on which ten phones write', () => {
  it.each(kills)('P1 loses nothing when %s', { timeout }, async (title, strike) => {
    await runRounds(cluster, title, strike);
  });
});
