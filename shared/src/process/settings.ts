import * as v from 'valibot';

/** A setting that cannot be used. The message names it, its value and what would do, in one line. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** What a process is started with: `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads settings, each by its schema. An empty variable counts as absent.
 *
 * @throws ConfigError about the first one that can't be used. What a secret says is not told.
 */
export function readSettings<const Entries extends v.ObjectEntries>(
  entries: Entries,
  environment: Environment,
): v.InferOutput<v.ObjectSchema<Entries, undefined>> {
  const given = Object.entries(environment).filter(([, value]) => value !== undefined && value !== '');
  const parsed = v.safeParse(v.object(entries), Object.fromEntries(given));
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const name = v.getDotPath(issue) ?? '';
  const value = environment[name] ?? '';
  throw new ConfigError(value === '' ? `${name} is not set` : `${tell(name, value)} ${issue.message}`);
}

function tell(name: string, value: string): string {
  if (/(SECRET|TOKEN|SMTP_URL)$/.test(name)) return name;
  return `${name}=${value.replaceAll(/\/\/[^/@]*@/g, '//…@')}`;
}
