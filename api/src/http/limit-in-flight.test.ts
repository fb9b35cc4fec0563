import { Hono } from 'hono';
import { systemClock } from '@trolley/shared/protocol';
import { expect, it } from 'vitest';
import { recordLog } from '../testing/log-lines.ts';
import type { AppEnv } from './app-env.ts';
import { failureSchema } from './envelope.ts';
import { handleError } from './handle-error.ts';
import { limitInFlight } from './limit-in-flight.ts';

it('S43 refuses what is too much at once with busy and a time, and takes more once something is answered', async () => {
  const app = new Hono<AppEnv>();
  app.onError(handleError(recordLog().logger, systemClock));
  app.use(limitInFlight(2));
  const waiting = Promise.withResolvers<undefined>();
  app.get('/slow', async (c) => {
    await waiting.promise;
    return c.text('done');
  });
  app.get('/broken', () => {
    throw new Error('a defect');
  });
  expect((await app.request('/broken')).status).toBe(500);
  const slow = ['/slow', '/slow'].map(async (path) => app.request(path));
  const refused = await app.request('/slow');
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
  expect(failureSchema.parse(await refused.json()).error.code).toBe('busy');
  waiting.resolve(undefined);
  expect((await Promise.all(slow)).map(({ status }) => status)).toEqual([200, 200]);
  expect((await app.request('/slow')).status).toBe(200);
});
