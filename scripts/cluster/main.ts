import { createServer } from 'node:net';
import { join } from 'node:path';
import { listen, readyMessage, runProcess } from '@trolley/shared/process';
import { readClusterConfig, type ClusterConfig } from './config.ts';
import { prepareFolder } from './prepare-folder.ts';
import { startCluster } from './start-cluster.ts';

await runProcess('The cluster', async () => {
  const config = readClusterConfig(process.env);
  const secrets = prepareFolder(config.folder);
  const port = await usablePort(config);
  const cluster = await startCluster({
    ...config,
    port,
    secrets,
    keptIn: join(config.folder, 'postgres'),
    nodeEnv: { LOG_LEVEL: config.logLevel },
    onLine: (name, line) => {
      console.log(`${name.padEnd(10)} | ${line}`);
    },
  });
  console.log(readyMessage({ ...config, port }));
  return { close: () => cluster.stop() };
});

/** The port comes first: a whole cluster need not be started for an address that cannot be had. */
async function usablePort(config: ClusterConfig): Promise<number> {
  const probe = createServer();
  try {
    return await listen(probe, config);
  } finally {
    probe.close();
  }
}
