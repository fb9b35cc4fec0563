import { describe } from 'vitest';
import { logEpochContract } from '../testing/log-epoch-contract.ts';
import { startLogHarness } from '../testing/log-harness.ts';
import { logServiceContract } from '../testing/log-service-contract.ts';
import { logStoreContract } from '../testing/log-store-contract.ts';

describe('S2, S3, S4, S6, S7, S39', () => {
  logServiceContract('the log on the embedded database', () => startLogHarness(null));
});

describe('S32, S33, S34', () => {
  logEpochContract('the epochs on the embedded database', () => startLogHarness(null));
});

describe('S2, S3, S8, S31, S33, S34, S35, S36', () => {
  logStoreContract('the tables of the embedded database', () => startLogHarness(null));
});
