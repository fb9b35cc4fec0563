import { findNginx } from '@trolley/scripts/services/nginx';
import { startPostgres, type PostgresServer } from '@trolley/scripts/services/postgres';
import { findRedis } from '@trolley/scripts/services/redis';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of a real Postgres, as superuser. Each test file makes databases of its own on it: `createDatabase`. */
    postgresUrl: string;
  }
}

let server: PostgresServer | null = null;

/** Runs once, before all integration tests. What they need is installed here, because they run side by side and apt does not. */
export async function setup(project: TestProject): Promise<void> {
  await findRedis('redis-server');
  await findNginx();
  server = await startPostgres();
  project.provide('postgresUrl', server.url);
}

/** Runs once, after all integration tests. */
export async function teardown(): Promise<void> {
  await server?.stop();
}
