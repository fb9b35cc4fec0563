import { describe } from 'vitest';
import { jobContract } from '../testing/job-contract.ts';

describe('S41, S42, S44', () => {
  jobContract('the jobs on the embedded database', () => null);
});
