import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { readyMessage } from './addresses.ts';
import { ConfigError, readConfig } from './config.ts';
import { createStandalone } from './create-standalone.ts';
import { stopOnSignal } from './stop-on-signal.ts';

const buildDir = fileURLToPath(new URL('../../web/build', import.meta.url));

try {
  const config = readConfig(process.env);
  const logger = pino({ level: config.logLevel }, pino.destination({ fd: 2, sync: false }));
  const server = await createStandalone(config, buildDir, logger);
  stopOnSignal(server, logger);
  console.log(readyMessage({ ...config, port: server.port }));
} catch (error) {
  // Anything that a person can put right is one line; anything else is a defect and shows where it happened.
  console.error(error instanceof ConfigError ? `Trolley cannot start: ${error.message}` : error);
  process.exit(1);
}
