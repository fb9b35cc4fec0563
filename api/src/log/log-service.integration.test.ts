import { describe, inject } from 'vitest';
import { logEpochContract } from '../testing/log-epoch-contract.ts';
import { startLogHarness, type StoreHarness } from '../testing/log-harness.ts';
import { logServiceContract } from '../testing/log-service-contract.ts';
import { logStoreContract } from '../testing/log-store-contract.ts';
import { createServerDatabase } from '../testing/server-database.ts';

async function startOnServer(): Promise<StoreHarness> {
  const { url, drop } = await createServerDatabase(inject('postgresUrl'));
  const harness = await startLogHarness(url);
  return {
    ...harness,
    dispose: async () => {
      await harness.dispose();
      await drop();
    },
  };
}

describe('S2, S3, S4, S6, S7, S39', () => {
  logServiceContract('the log on a Postgres server', startOnServer);
});

describe('S32, S33, S34', () => {
  logEpochContract('the epochs on a Postgres server', startOnServer);
});

describe('S2, S3, S8, S31, S33, S34, S35, S36', () => {
  logStoreContract('the tables of a Postgres server', startOnServer);
});
