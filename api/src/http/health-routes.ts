import { Hono } from 'hono';
import type { Clock } from '@trolley/shared/protocol';
import type { Database } from '../store/database.ts';
import type { AppEnv } from './app-env.ts';

const readyTimeoutMs = 2_000;

/** For whoever runs us: `/healthz` says that the process answers, `/readyz` that it takes requests: its store answers and it is not about to end. */
export function healthRoutes(database: Database, clock: Clock, isRetired: () => boolean): Hono<AppEnv> {
  const router = new Hono<AppEnv>();
  router.get('/healthz', (c) => c.json({ status: 'ok' }));
  router.get('/readyz', async (c) =>
    !isRetired() && (await answersInTime(database, clock))
      ? c.json({ status: 'ready' })
      : c.json({ status: 'not ready' }, 503),
  );
  return router;
}

async function answersInTime(database: Database, clock: Clock): Promise<boolean> {
  let cancel = (): void => undefined;
  const timeout = new Promise<boolean>((resolve) => {
    cancel = clock.schedule(readyTimeoutMs, () => {
      resolve(false);
    });
  });
  const answer = database.sql`select`.then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([answer, timeout]);
  } finally {
    cancel();
  }
}
