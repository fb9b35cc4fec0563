import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import {
  host,
  httpOrigin,
  logLevel,
  mailSettings,
  port,
  postgresAddress,
  readMailSettings,
  readRedisAddress,
  redisSettings,
  secret,
} from './setting-schemas.ts';
import { ConfigError, readSettings, type Environment } from './settings.ts';

const entries = {
  PORT: v.optional(port, '3000'),
  HOST: v.optional(host, '0.0.0.0'),
  DATABASE_URL: postgresAddress,
  PUBLIC_URL: v.optional(v.nullable(httpOrigin), null),
  AUTH_SECRET: v.optional(v.nullable(secret), null),
  LOG_LEVEL: v.optional(logLevel, 'info'),
  ...redisSettings,
  ...mailSettings,
};
const usable = { DATABASE_URL: 'postgres://trolley@db/trolley' };
const read = (environment: Environment) => readSettings(entries, { ...usable, ...environment });

describe('the settings of a process', () => {
  it('S40 have defaults, which an empty variable leaves as they are', () => {
    expect(read({ PORT: '', HOST: '', REDIS_URL: '' })).toMatchObject({ PORT: 3000, HOST: '0.0.0.0', REDIS_URL: null });
    expect(read({ PORT: '0', PUBLIC_URL: 'https://trolley.example/path' })).toMatchObject({
      PORT: 0,
      PUBLIC_URL: 'https://trolley.example',
    });
  });

  it.each([
    ['PORT', 'eighty'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['HOST', 'a b'],
    ['DATABASE_URL', 'mysql://localhost/trolley'],
    ['PUBLIC_URL', 'trolley.example'],
    ['LOG_LEVEL', 'loud'],
    ['REDIS_URL', 'localhost:6379'],
    ['REDIS_CLUSTER_NODES', '10.0.0.1:6379;10.0.0.2'],
  ])('S40 name %s=%s in one line', (name, value) => {
    expect(() => read({ [name]: value })).toThrow(ConfigError);
    expect(() => read({ [name]: value })).toThrow(new RegExp(`^${name}=${value} must be [^\n]*$`));
  });

  it('S40 name what is not set and has no default', () => {
    expect(() => readSettings(entries, {})).toThrow('DATABASE_URL is not set');
    expect(() => readSettings(entries, { DATABASE_URL: '' })).toThrow('DATABASE_URL is not set');
  });

  it('S40 never tell a secret', () => {
    expect(() => read({ AUTH_SECRET: 'hunter2' })).toThrow(/^AUTH_SECRET must have at least 32 characters$/);
    expect(() => read({ DATABASE_URL: 'mysql://trolley:hunter2@db/trolley' })).toThrow(
      'DATABASE_URL=mysql://…@db/trolley must',
    );
  });

  it.each(['localhost:25', 'mail.example.org', 'smtp:', 'smtp:trolley:hunter2@', 'http://mail.example'])(
    'S40 refuse the mail server %s, and tell nothing of it',
    (value) => {
      expect(() => read({ SMTP_URL: value })).toThrow(/^SMTP_URL must (be|name) [^\n]*$/);
    },
  );

  it.each(['nobody', 'Trolley <nobody>', 'a@b\r\nBcc: c@d', 'A <a@b> <c@d>'])('S40 refuse the sender %j', (value) => {
    expect(() => read({ MAIL_FROM: value })).toThrow(/^MAIL_FROM=.* must be an address such as/s);
  });

  it('S40 say how mails leave: with a public URL only', () => {
    const smtp = { SMTP_URL: 'smtp://user:secret@mail.example:587' };
    expect(readMailSettings(read({}))).toEqual({ smtpUrl: null, from: null });
    expect(() => readMailSettings(read(smtp))).toThrow('PUBLIC_URL is not set, and SMTP_URL needs it');
    const settings = read({ ...smtp, PUBLIC_URL: 'https://trolley.example', MAIL_FROM: 'Trolley <a@b.example>' });
    expect(readMailSettings(settings)).toEqual({ smtpUrl: smtp.SMTP_URL, from: 'Trolley <a@b.example>' });
  });

  it('S40 say where Redis is: a server, a cluster or nowhere', () => {
    expect(readRedisAddress(read({}))).toBeNull();
    expect(readRedisAddress(read({ REDIS_URL: 'redis://localhost:6379' }))).toEqual({ url: 'redis://localhost:6379' });
    const nodes = [
      { host: '10.0.0.1', port: 7000 },
      { host: 'redis-2', port: 7001 },
    ];
    expect(readRedisAddress(read({ REDIS_CLUSTER_NODES: '10.0.0.1:7000,redis-2:7001' }))).toEqual({ nodes });
  });
});
