import { fileURLToPath } from 'node:url';
import { readyMessage, runProcess } from '@trolley/shared/process';
import { pino } from 'pino';
import { readConfig } from './config.ts';
import { createStandalone } from './create-standalone.ts';

const buildDir = fileURLToPath(new URL('../../web/build', import.meta.url));

await runProcess('Trolley', async () => {
  const config = readConfig(process.env);
  const logger = pino({ level: config.logLevel }, pino.destination({ fd: 2, sync: false }));
  const server = await createStandalone(config, buildDir, logger);
  console.log(readyMessage({ ...config, port: server.port }));
  return server;
});
