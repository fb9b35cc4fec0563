import { resolve } from 'node:path';
import {
  historyDays,
  host,
  httpOrigin,
  logLevel,
  mailSettings,
  port,
  postgresAddress,
  readMailSettings,
  readRedisAddress,
  readSettings,
  redisSettings,
  secret,
  type Environment,
  type MailSettings,
  type RedisAddress,
} from '@trolley/shared/process';
import * as v from 'valibot';
import type { DatabaseLocation } from './store/database.ts';

/** What the api is started with as a process of its own. */
export interface Config {
  port: number;
  host: string;
  /** Where mails are kept as files when there is no mail server. */
  dataDir: string;
  databaseUrl: string;
  publicUrl: string | null;
  isBehindProxy: boolean;
  /** Signs sessions: the same on every node. */
  authSecret: string;
  /** What relays show to be let in. */
  serviceToken: string;
  redis: RedisAddress | null;
  mail: MailSettings;
  historyDays: number;
  logLevel: 'debug' | 'info' | 'warn' | 'error';
}

const entries = {
  PORT: v.optional(port, '3001'),
  HOST: v.optional(host, '0.0.0.0'),
  DATA_DIR: v.optional(v.string(), './data'),
  DATABASE_URL: postgresAddress,
  PUBLIC_URL: v.optional(v.nullable(httpOrigin), null),
  TRUST_PROXY: v.optional(v.picklist(['true', 'false'], 'must be true or false'), 'false'),
  AUTH_SECRET: secret,
  SERVICE_TOKEN: secret,
  HISTORY_DAYS: v.optional(historyDays, '400'),
  LOG_LEVEL: v.optional(logLevel, 'info'),
  ...redisSettings,
  ...mailSettings,
};

/**
 * Reads the environment of the api's own process.
 *
 * @throws ConfigError about the first setting that can't be used.
 */
export function readConfig(environment: Environment): Config {
  const settings = readSettings(entries, environment);
  return {
    port: settings.PORT,
    host: settings.HOST,
    dataDir: resolve(settings.DATA_DIR),
    databaseUrl: settings.DATABASE_URL,
    publicUrl: settings.PUBLIC_URL,
    isBehindProxy: settings.TRUST_PROXY === 'true',
    authSecret: settings.AUTH_SECRET,
    serviceToken: settings.SERVICE_TOKEN,
    redis: readRedisAddress(settings),
    mail: readMailSettings(settings),
    historyDays: settings.HISTORY_DAYS,
    logLevel: settings.LOG_LEVEL,
  };
}

const locationEntries = {
  DATA_DIR: v.optional(v.string(), './data'),
  DATABASE_URL: v.optional(v.nullable(postgresAddress), null),
};

/**
 * Where the commands beside the server find its store: by the same settings as the server.
 *
 * @throws ConfigError about the first setting that can't be used.
 */
export function readStoreLocation(environment: Environment = process.env): DatabaseLocation {
  const settings = readSettings(locationEntries, environment);
  return { databaseUrl: settings.DATABASE_URL, dataDir: resolve(settings.DATA_DIR) };
}
