import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono, type Context } from 'hono';

const oneYearS = 31_536_000;

/**
 * The built web app: files under `/_app/immutable` are named by their content and kept for ever, everything else is asked for each time, and
 * an address that is no file gets the app's shell, which knows what to show.
 */
export function createWebFiles(buildDir: string): Hono {
  const app = new Hono();
  const root = relative(process.cwd(), buildDir) || '.';
  app.use('/_app/immutable/*', async (context, next) => {
    await next();
    if (context.res.ok) context.header('Cache-Control', `public, max-age=${String(oneYearS)}, immutable`);
  });
  const file = {
    root,
    precompressed: true,
    onFound: (_path: string, context: Context) => {
      context.header('Cache-Control', 'no-cache');
    },
  };
  const shell = serveStatic({ ...file, path: '200.html' });
  app.use('*', serveStatic(file));
  app.get('*', async (context, next) => {
    const isPage = context.req.header('accept')?.includes('text/html') ?? false;
    return isPage ? shell(context, next) : next();
  });
  return app;
}

/** Whether the web app has been built. */
export function isBuilt(buildDir: string): boolean {
  return existsSync(join(buildDir, '200.html'));
}
