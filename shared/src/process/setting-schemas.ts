import * as v from 'valibot';

const address = (protocol: RegExp, problem: string) =>
  v.pipe(
    v.string(),
    v.check((text) => URL.canParse(text) && protocol.test(new URL(text).protocol), problem),
  );

/** A whole number, as text. */
export const wholeNumber = (min: number, max: number, problem: string) =>
  v.pipe(
    v.string(),
    v.regex(/^\d{1,15}$/, problem),
    v.transform(Number),
    v.minValue(min, problem),
    v.maxValue(max, problem),
  );

export const port = wholeNumber(0, 65_535, 'must be a port number from 0 to 65535');
export const host = v.pipe(v.string(), v.regex(/^[\w.:-]+$/, 'must be an IP address or a host name'));
/** Only the origin counts. */
export const httpOrigin = v.pipe(
  address(/^https?:$/, 'must be an http or https address'),
  v.transform((text) => new URL(text).origin),
);
export const postgresAddress = address(/^postgres(ql)?:$/, 'must be a postgres:// address');
const redisAddress = address(/^rediss?:$/, 'must be a redis:// address');
/** Days that the log of every list is kept. */
export const historyDays = wholeNumber(1, 36_500, 'must be a number of days from 1 to 36500');
/** What nobody may guess. */
export const secret = v.pipe(v.string(), v.minLength(32, 'must have at least 32 characters'));
export const logLevel = v.picklist(['debug', 'info', 'warn', 'error'], 'must be debug, info, warn or error');

/** Addresses of nodes, such as `10.0.0.1:6379,10.0.0.2:6379`. */
const nodeAddresses = v.pipe(
  v.string(),
  v.regex(/^[\w.-]+:\d{1,5}(,[\w.-]+:\d{1,5})*$/, 'must be addresses such as 10.0.0.1:6379,10.0.0.2:6379'),
  v.transform((text) =>
    text.split(',').map((node) => {
      const [name = '', number = ''] = node.split(':');
      return { host: name, port: Number(number) };
    }),
  ),
);

/** Where Redis is: a server, a cluster, or nowhere. */
export type RedisAddress = { url: string } | { nodes: { host: string; port: number }[] };

/** The two settings of which one at most is given. */
export const redisSettings = {
  REDIS_URL: v.optional(v.nullable(redisAddress), null),
  REDIS_CLUSTER_NODES: v.optional(v.nullable(nodeAddresses), null),
};

/** What `redisSettings` say; the cluster counts when both are given. */
export function readRedisAddress(settings: {
  REDIS_URL: string | null;
  REDIS_CLUSTER_NODES: { host: string; port: number }[] | null;
}): RedisAddress | null {
  if (settings.REDIS_CLUSTER_NODES !== null) return { nodes: settings.REDIS_CLUSTER_NODES };
  return settings.REDIS_URL === null ? null : { url: settings.REDIS_URL };
}
