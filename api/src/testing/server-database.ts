import { randomBytes } from 'node:crypto';
import { systemClock } from '@trolley/shared/protocol';
import { openDatabase } from '../store/database.ts';
import { recordLog } from './log-lines.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of a real Postgres, as superuser: the integration tests' global set-up starts it. */
    postgresUrl: string;
  }
}

/** Makes an empty database on a Postgres server. */
export async function createServerDatabase(serverUrl: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `api_${randomBytes(8).toString('hex')}`;
  await onServer(serverUrl, `create database ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(serverUrl, `drop database ${name} with (force)`) };
}

async function onServer(serverUrl: string, statement: string): Promise<void> {
  const database = await openDatabase({ databaseUrl: serverUrl, dataDir: '' }, systemClock, recordLog().logger);
  try {
    await database.sql.unsafe(statement);
  } finally {
    await database.dispose();
  }
}
