import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The secret of this installation: made at the first start, readable by its owner only, and the same ever after. */
export function installationSecret(dataDir: string): string {
  const path = secretPath(dataDir);
  try {
    writeFileSync(path, randomBytes(32).toString('base64url'), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return readFileSync(path, 'utf8');
}

/** The secret, if this installation has one. */
export function readInstallationSecret(dataDir: string): string | null {
  const path = secretPath(dataDir);
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}

/** Gives this installation the secret of another, whose sessions it takes over. */
export function adoptInstallationSecret(dataDir: string, secret: string): void {
  const adopted = `${secretPath(dataDir)}.adopted`;
  writeFileSync(adopted, secret, { mode: 0o600 });
  renameSync(adopted, secretPath(dataDir));
}

function secretPath(dataDir: string): string {
  return join(dataDir, 'auth-secret');
}
