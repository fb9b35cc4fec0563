import type { Router } from './create-router.ts';

/** The description of `/api/v1` that machines read, made of the routes' own schemas. */
export function openApiDocument(router: Router): ReturnType<Router['getOpenAPI31Document']> {
  return router.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Trolley',
      version: '1',
      description:
        'Lists, members, invites and the log of updates. Sign in at /api/auth (better-auth: guest, email and password); then send ' +
        'the cookie, or the token as a bearer. Every answer is an envelope: `success` says which.',
    },
    servers: [{ url: '/api/v1' }],
    security: [{ cookie: [] }, { bearer: [] }],
  });
}

/** Registers how a caller proves who they are. A route that is open to everybody says so with an empty `security`. */
export function describeSessions({ openAPIRegistry: registry }: Router): void {
  registry.registerComponent('securitySchemes', 'cookie', {
    type: 'apiKey',
    in: 'cookie',
    name: 'trolley.session_token',
  });
  registry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' });
}
