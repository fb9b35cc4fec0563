import { randomBytes } from 'node:crypto';

/** What the processes of a cluster know and nobody else does. */
export interface ClusterSecrets {
  readonly authSecret: string;
  readonly serviceToken: string;
  readonly databasePassword: string;
}

/** Secrets that nobody has had before. */
export function createSecrets(): ClusterSecrets {
  const secret = () => randomBytes(32).toString('hex');
  return { authSecret: secret(), serviceToken: secret(), databasePassword: secret() };
}
