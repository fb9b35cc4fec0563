import { mkdirSync, accessSync, constants } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';

/** A setting that cannot be used. The message names it, its value and what would do. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

export interface Config {
  port: number;
  host: string;
  dataDir: string;
  databaseUrl: string | null;
  publicUrl: string | null;
  /** Signs sessions. Null: a secret of this installation is made and kept in the data folder. */
  authSecret: string | null;
  logLevel: 'debug' | 'info' | 'warn' | 'error';
}

const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http or https address' });
const databaseUrl = z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// address' });

const environmentSchema = z.object({
  PORT: z.coerce
    .number({ error: 'must be a port number from 0 to 65535' })
    .int('must be a port number from 0 to 65535')
    .min(0, 'must be a port number from 0 to 65535')
    .max(65_535, 'must be a port number from 0 to 65535')
    .default(3000),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, 'must be an IP address or a host name')
    .default('0.0.0.0'),
  DATA_DIR: z.string().default('./data'),
  DATABASE_URL: databaseUrl.nullable().default(null),
  PUBLIC_URL: httpUrl.nullable().default(null),
  AUTH_SECRET: z.string().min(32, 'must have at least 32 characters').nullable().default(null),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error'], 'must be debug, info, warn or error').default('info'),
});

/** Reads the environment: the one place of this process that does. An empty variable counts as absent. Throws `ConfigError`. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const given = Object.entries(environment).filter(([, value]) => value !== undefined && value !== '');
  const parsed = environmentSchema.safeParse(Object.fromEntries(given));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const name = String(issue?.path[0]);
    throw new ConfigError(`${name}=${environment[name] ?? ''} ${issue?.message ?? 'cannot be used'}`);
  }
  const values = parsed.data;
  return {
    port: values.PORT,
    host: values.HOST,
    dataDir: usableDirectory(values.DATA_DIR),
    databaseUrl: values.DATABASE_URL,
    publicUrl: values.PUBLIC_URL === null ? null : new URL(values.PUBLIC_URL).origin,
    authSecret: values.AUTH_SECRET,
    logLevel: values.LOG_LEVEL,
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
