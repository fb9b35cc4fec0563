import type { Logger } from 'pino';

/**
 * What better-auth has to say, in our log. Its errors are mostly callers' mistakes (a foreign origin, a wrong password), so they are warnings
 * here; its arguments may hold a person's data, so only its sentence is kept. What breaks a request is logged with the request.
 */
export function authLogger(logger: Logger): { level: 'error'; log: (level: string, message: string) => void } {
  return {
    level: 'error',
    log: (_level, message) => {
      logger.warn({ part: 'auth' }, message);
    },
  };
}
