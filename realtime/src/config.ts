import {
  host,
  httpOrigin,
  logLevel,
  port,
  readRedisAddress,
  readSettings,
  redisSettings,
  secret,
  wholeNumber,
  type Environment,
  type RedisAddress,
} from '@trolley/shared/process';
import * as v from 'valibot';

/** What a realtime node is started with as a process of its own. */
export interface Config {
  port: number;
  host: string;
  /** The apis, any of which will do. */
  apiUrls: string[];
  /** What the apis know us by. */
  serviceToken: string;
  redis: RedisAddress | null;
  publicUrl: string | null;
  drainMs: number;
  maxConnections: number;
  rateFactor: number;
  logLevel: 'debug' | 'info' | 'warn' | 'error';
}

const addresses = v.pipe(
  v.string(),
  v.transform((text) => text.split(',')),
  v.check(
    (urls) => urls.every((url) => v.is(httpOrigin, url)),
    'must be addresses such as http://10.0.0.1:3001,http://10.0.0.2:3001',
  ),
  v.transform((urls) => urls.map((url) => new URL(url).origin)),
);

const entries = {
  PORT: v.optional(port, '3002'),
  HOST: v.optional(host, '0.0.0.0'),
  API_URLS: addresses,
  SERVICE_TOKEN: secret,
  ...redisSettings,
  PUBLIC_URL: v.optional(v.nullable(httpOrigin), null),
  DRAIN_MS: v.optional(wholeNumber(0, 600_000, 'must be milliseconds from 0 to 600000'), '5000'),
  MAX_CONNECTIONS: v.optional(wholeNumber(1, 1_000_000, 'must be a number from 1 to 1000000'), '10000'),
  RATE_FACTOR: v.optional(wholeNumber(1, 1_000_000, 'must be a number from 1 to 1000000'), '1'),
  LOG_LEVEL: v.optional(logLevel, 'info'),
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
    apiUrls: settings.API_URLS,
    serviceToken: settings.SERVICE_TOKEN,
    redis: readRedisAddress(settings),
    publicUrl: settings.PUBLIC_URL,
    drainMs: settings.DRAIN_MS,
    maxConnections: settings.MAX_CONNECTIONS,
    rateFactor: settings.RATE_FACTOR,
    logLevel: settings.LOG_LEVEL,
  };
}
