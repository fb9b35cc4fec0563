import { runProcess } from '@trolley/shared/process';
import { pino } from 'pino';
import { readConfig } from './config.ts';
import { createApiServer } from './create-api-server.ts';

await runProcess('The api', async () => {
  const config = readConfig(process.env);
  const logger = pino({ name: 'api', level: config.logLevel });
  const server = await createApiServer(config, logger);
  // Whoever started us waits for this line, whatever the level.
  logger.child({}, { level: 'info' }).info({ host: config.host, port: server.port }, 'ready');
  return server;
});
