/** What the processes of the servers have in common. Only this room of `shared` needs Node. */
export { listen } from './listen.ts';
export { readyMessage } from './ready-message.ts';
export { refuseUpgrade } from './refuse-upgrade.ts';
export { runCommand } from './run-command.ts';
export { runProcess, type Closable } from './run-process.ts';
export {
  historyDays,
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
  wholeNumber,
  type MailSettings,
  type RedisAddress,
} from './setting-schemas.ts';
export { ConfigError, readSettings, type Environment } from './settings.ts';
