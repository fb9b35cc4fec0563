import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ConfigError } from '@trolley/shared/process';
import * as v from 'valibot';
import { createSecrets, type ClusterSecrets } from './cluster-secrets.ts';

const secretsSchema = v.object({ authSecret: v.string(), serviceToken: v.string(), databasePassword: v.string() });

/**
 * Makes the folder of a cluster that is kept from one start to the next. Answers its secrets, which are drawn at the first start and the same
 * ever after.
 *
 * @throws ConfigError when the folder can't be used.
 */
export function prepareFolder(folder: string): ClusterSecrets {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // Started by root, Postgres runs as somebody else, who must get to its folder in there.
    if (process.getuid?.() === 0) for (const path of [dirname(folder), folder]) chmodSync(path, 0o711);
    return keptSecrets(join(folder, 'secrets.json'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError(`${folder} cannot keep the data of a cluster (${reason})`, { cause: error });
  }
}

function keptSecrets(path: string): ClusterSecrets {
  try {
    writeFileSync(path, JSON.stringify(createSecrets()), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return v.parse(secretsSchema, JSON.parse(readFileSync(path, 'utf8')));
}
