import { resolve } from 'node:path';
import { host, httpOrigin, logLevel, port, readSettings, wholeNumber, type Environment } from '@trolley/shared/process';
import * as v from 'valibot';

/** What `npm run cluster` is started with. */
export interface ClusterConfig {
  realtime: number;
  api: number;
  port: number;
  host: string;
  /** Folder in which the cluster keeps its data. */
  folder: string;
  publicUrl: string | null;
  logLevel: 'debug' | 'info' | 'warn' | 'error';
}

const nodeCount = wholeNumber(1, 64, 'must be a number of nodes from 1 to 64');

const entries = {
  REALTIME: v.optional(nodeCount, '2'),
  API: v.optional(nodeCount, '2'),
  PORT: v.optional(port, '3000'),
  HOST: v.optional(host, '0.0.0.0'),
  DATA_DIR: v.optional(v.string(), './data'),
  PUBLIC_URL: v.optional(v.nullable(httpOrigin), null),
  LOG_LEVEL: v.optional(logLevel, 'info'),
};

/**
 * Reads the environment of `npm run cluster`.
 *
 * @throws ConfigError about the first setting that can't be used.
 */
export function readClusterConfig(environment: Environment): ClusterConfig {
  const settings = readSettings(entries, environment);
  return {
    realtime: settings.REALTIME,
    api: settings.API,
    port: settings.PORT,
    host: settings.HOST,
    folder: resolve(settings.DATA_DIR, 'cluster'),
    publicUrl: settings.PUBLIC_URL,
    logLevel: settings.LOG_LEVEL,
  };
}
