import { startPostgres, type PostgresServer } from '@trolley/scripts/services/postgres';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of a real Postgres, as superuser. Each test file makes databases of its own on it: `createDatabase`. */
    postgresUrl: string;
  }
}

let server: PostgresServer | null = null;

/** Runs once, before all integration tests. */
export async function setup(project: TestProject): Promise<void> {
  server = await startPostgres();
  project.provide('postgresUrl', server.url);
}

/** Runs once, after all integration tests. */
export async function teardown(): Promise<void> {
  await server?.stop();
}
