/** For tests of other workspaces that stand on the real log. */
export { startLogHarness, type LogHarness } from './log-harness.ts';
export { logServiceContract } from './log-service-contract.ts';
export { createServerDatabase } from './server-database.ts';
