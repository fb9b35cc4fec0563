import { secureHeaders } from 'hono/secure-headers';
import type { MiddlewareHandler } from 'hono';

/** Headers of all answers of the api: data and not pages, for nobody's cache, of no other site. */
export function protectAnswers(publicUrl: string | null): MiddlewareHandler {
  const isSecure = publicUrl?.startsWith('https:') === true;
  const protect = secureHeaders({
    contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    strictTransportSecurity: isSecure ? 'max-age=31536000' : false,
  });
  return async (c, next) => {
    await protect(c, next);
    c.res.headers.set('Cache-Control', 'no-store');
  };
}
