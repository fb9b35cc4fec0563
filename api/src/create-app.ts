import { Hono } from 'hono';
import { TrolleyError, type Clock } from '@trolley/shared/protocol';
import type { Logger } from 'pino';
import type { AppDependencies } from './app-dependencies.ts';
import { authRoutes } from './auth/auth-routes.ts';
import { meRoutes } from './auth/me-routes.ts';
import { requireSession } from './auth/require-session.ts';
import { historyRoutes } from './history/history-routes.ts';
import type { AppEnv } from './http/app-env.ts';
import { createRouter } from './http/create-router.ts';
import { handleError } from './http/handle-error.ts';
import { healthRoutes } from './http/health-routes.ts';
import { limitBody } from './http/limit-body.ts';
import { limitInFlight, maxInFlight } from './http/limit-in-flight.ts';
import { logRequests } from './http/log-requests.ts';
import { describeSessions, openApiDocument } from './http/openapi-document.ts';
import { protectAnswers } from './http/protect-answers.ts';
import { refuseForeignOrigins } from './http/refuse-foreign-origins.ts';
import { invitePreviewRoutes, joinRoutes } from './invites/join-routes.ts';
import { inviteRoutes } from './invites/invite-routes.ts';
import { listRoutes } from './lists/list-routes.ts';
import { logRoutes } from './log/log-routes.ts';
import { mailRoutes } from './mail/mail-routes.ts';
import { memberRoutes } from './members/member-routes.ts';
import { seenRoutes } from './seen/seen-routes.ts';

/** The HTTP surface: `/api/auth/*`, `/api/v1/*`, `/healthz` and `/readyz`. It touches no other path. */
export function createApp(dependencies: AppDependencies, clock: Clock, logger: Logger): Hono<AppEnv> {
  const { publicUrl, database, randomBytes } = dependencies;
  const app = new Hono<AppEnv>();
  app.onError(handleError(logger, clock));
  app.route('/', healthRoutes(database, clock, dependencies.isRetired));
  app.use('/api/*', limitInFlight(maxInFlight));
  app.use('/api/*', logRequests(logger, clock, randomBytes));
  app.use('/api/*', protectAnswers(publicUrl));
  app.use('/api/*', refuseForeignOrigins(publicUrl));
  app.use('/api/*', limitBody());
  app.route('/api/auth', authRoutes(dependencies));
  app.route('/api/v1', versionOne(dependencies));
  app.all('/api/*', () => {
    throw new TrolleyError('not-found', 'There is no such call.');
  });
  return app;
}

/** What stands above `requireSession` is open to everybody; everything else is not. */
function versionOne(dependencies: AppDependencies): Hono<AppEnv> {
  const router = createRouter();
  describeSessions(router);
  router.get('/openapi.json', (c) => c.json(openApiDocument(router)));
  router.route('/', invitePreviewRoutes(dependencies));
  router.route('/', mailRoutes(dependencies));
  router.use('*', requireSession(dependencies.auth));
  router.route('/', meRoutes(dependencies));
  router.route('/', listRoutes(dependencies));
  router.route('/', memberRoutes(dependencies));
  router.route('/', inviteRoutes(dependencies));
  router.route('/', joinRoutes(dependencies));
  router.route('/', logRoutes(dependencies));
  router.route('/', historyRoutes(dependencies));
  router.route('/', seenRoutes(dependencies));
  return router;
}
