import { once } from 'node:events';
import { createServer } from 'node:http';
import { HopEndpoint } from '@trolley/api/hop';
import { createServerDatabase, logServiceContract, startLogHarness, type LogHarness } from '@trolley/api/testing';
import { RemoteLogService } from '@trolley/realtime/cluster';
import { systemClock } from '@trolley/shared/protocol';
import { pino } from 'pino';
import { describe, inject } from 'vitest';

const serviceToken = 't'.repeat(32);
const logger = pino({ level: 'error' });

/** The api's log on a real Postgres, as a relay of another process reaches it. */
async function startRemotely(): Promise<LogHarness> {
  const { url, drop } = await createServerDatabase(inject('postgresUrl'));
  const harness = await startLogHarness(url);
  const hop = new HopEndpoint({ log: harness.log, serviceToken, clock: systemClock, logger });
  const server = createServer();
  server.on('upgrade', (request, socket, head) => {
    hop.accept(request, socket, head);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const log = new RemoteLogService({ urls: [`http://127.0.0.1:${port}`], serviceToken, clock: systemClock, logger });
  return {
    ...harness,
    log,
    dispose: async () => {
      log.close();
      await hop.close();
      server.close();
      await harness.dispose();
      await drop();
    },
  };
}

describe('R14', () => {
  logServiceContract('the log of an api in another process', startRemotely);
});
