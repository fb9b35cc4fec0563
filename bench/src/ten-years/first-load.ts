import { randomBytes } from 'node:crypto';
import { createApi } from '@trolley/api';
import { listIdSchema, systemClock, userIdSchema } from '@trolley/shared/protocol';
import { pino } from 'pino';
import { parse } from 'valibot';

/*
 * An api that has just started: opens the database, waits until it is ready, takes how long a phone's first look at a list has it work, prints
 * that in milliseconds, and ends.
 */
const [databaseUrl = '', list, user] = process.argv.slice(2);
const api = await createApi({
  databaseUrl,
  dataDir: '',
  publicUrl: null,
  authSecret: randomBytes(32).toString('base64url'),
  clock: systemClock,
  randomBytes,
  logger: pino({ level: 'error' }),
});
const { status } = await api.app.request('/readyz');
if (status !== 200) throw new Error(`The api is not ready: ${status}.`);
const request = { list: parse(listIdSchema, list), epoch: 0, cursor: 0 };
const userId = parse(userIdSchema, user);
const startedAt = performance.now();
const { updates } = await api.log.pull(userId, request);
const tookMs = performance.now() - startedAt;
if (updates.length === 0) throw new Error('The list is empty.');
console.log(tookMs);
await api.dispose();
