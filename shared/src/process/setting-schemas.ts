import * as v from 'valibot';
import { ConfigError } from './settings.ts';

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

const smtpAddress = v.pipe(
  address(/^smtps?:$/, 'must be an smtp:// or smtps:// address'),
  v.check((text) => URL.parse(text)?.hostname !== '', 'must name a mail server, such as smtp://mail.example.org:587'),
);
const sender = v.pipe(
  v.string(),
  v.regex(
    /^([^\p{Cc}<>"]* )?<[^\s<>@]+@[^\s<>@]+>$|^[^\s<>@]+@[^\s<>@]+$/u,
    'must be an address such as Trolley <trolley@example.org>',
  ),
);

/** By which server mails leave, and in whose name. */
export const mailSettings = {
  SMTP_URL: v.optional(v.nullable(smtpAddress), null),
  MAIL_FROM: v.optional(v.nullable(sender), null),
};

/** How mails leave: by a server, or as files when `smtpUrl` is null. */
export interface MailSettings {
  smtpUrl: string | null;
  /** Null: an address at the host of the public URL. */
  from: string | null;
}

/**
 * What `mailSettings` say.
 *
 * @throws ConfigError where mails would leave without a public URL: their links would then lead wherever a caller says that we are.
 */
export function readMailSettings(settings: {
  SMTP_URL: string | null;
  MAIL_FROM: string | null;
  PUBLIC_URL: string | null;
}): MailSettings {
  if (settings.SMTP_URL !== null && settings.PUBLIC_URL === null) {
    throw new ConfigError('PUBLIC_URL is not set, and SMTP_URL needs it: the links in mails lead there');
  }
  return { smtpUrl: settings.SMTP_URL, from: settings.MAIL_FROM };
}
