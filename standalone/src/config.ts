import { mkdirSync, accessSync, constants } from 'node:fs';
import { resolve } from 'node:path';
import {
  ConfigError,
  historyDays,
  host,
  httpOrigin,
  logLevel,
  mailSettings,
  port,
  postgresAddress,
  readMailSettings,
  readSettings,
  secret,
  type Environment,
  type MailSettings,
} from '@trolley/shared/process';
import * as v from 'valibot';

export interface Config {
  port: number;
  host: string;
  dataDir: string;
  databaseUrl: string | null;
  publicUrl: string | null;
  /** Signs sessions. Null: a secret of this installation is made and kept in the data folder. */
  authSecret: string | null;
  mail: MailSettings;
  historyDays: number;
  logLevel: 'debug' | 'info' | 'warn' | 'error';
}

const entries = {
  PORT: v.optional(port, '3000'),
  HOST: v.optional(host, '0.0.0.0'),
  DATA_DIR: v.optional(v.string(), './data'),
  DATABASE_URL: v.optional(v.nullable(postgresAddress), null),
  PUBLIC_URL: v.optional(v.nullable(httpOrigin), null),
  AUTH_SECRET: v.optional(v.nullable(secret), null),
  HISTORY_DAYS: v.optional(historyDays, '400'),
  LOG_LEVEL: v.optional(logLevel, 'info'),
  ...mailSettings,
};

/**
 * Reads the environment: the one place of this process that does.
 *
 * @throws ConfigError about the first setting that can't be used.
 */
export function readConfig(environment: Environment): Config {
  const settings = readSettings(entries, environment);
  return {
    port: settings.PORT,
    host: settings.HOST,
    dataDir: usableDirectory(settings.DATA_DIR),
    databaseUrl: settings.DATABASE_URL,
    publicUrl: settings.PUBLIC_URL,
    authSecret: settings.AUTH_SECRET,
    mail: readMailSettings(settings),
    historyDays: settings.HISTORY_DAYS,
    logLevel: settings.LOG_LEVEL,
  };
}

function usableDirectory(path: string): string {
  const directory = resolve(path);
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    accessSync(directory, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError(`DATA_DIR=${path} is not a folder that can be written (${reason})`);
  }
  return directory;
}
