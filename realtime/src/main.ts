import { runProcess } from '@trolley/shared/process';
import { pino } from 'pino';
import { readConfig } from './config.ts';
import { createNode } from './create-node.ts';

await runProcess('The realtime node', async () => {
  const config = readConfig(process.env);
  const logger = pino({ name: 'realtime', level: config.logLevel });
  const node = await createNode(config, logger);
  // Whoever started us waits for this line, whatever the level.
  logger.child({}, { level: 'info' }).info({ host: config.host, port: node.port }, 'ready');
  return node;
});
