import { describe } from 'vitest';
import { startLogHarness } from '../testing/log-harness.ts';
import { logServiceContract } from '../testing/log-service-contract.ts';
import { logStoreContract } from '../testing/log-store-contract.ts';

describe('S2, S3, S4, S6, S7', () => {
  logServiceContract('the log on the embedded database', () => startLogHarness(null));
});

describe('S2, S3, S8', () => {
  logStoreContract('the tables of the embedded database', () => startLogHarness(null));
});
