// Vite serves the web app on the address that people open and passes the rest on to the server, which restarts when its code changes.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { createServer } from 'vite';
import { freePort } from './services/free-port.ts';
import { environment, nodePath, root } from './toolchain.mjs';

const port = Number(process.env['PORT'] ?? 3000);
const serverPort = await freePort();

// SvelteKit looks for its project in the current folder.
process.chdir(join(root, 'web'));
// The host stays as the browser sent it: the server compares it with the origin.
const target = { target: `http://127.0.0.1:${serverPort}`, changeOrigin: false };
const web = await createServer({
  server: {
    port,
    strictPort: true,
    host: process.env['HOST'] ?? true,
    proxy: {
      '/api': target,
      '/healthz': target,
      '/readyz': target,
      '/socket.io': { ...target, ws: true },
      '/yjs': { ...target, ws: true },
    },
  },
});
await web.listen();
web.printUrls();

let server = startServer();
let restarting: Promise<void> | null = null;
for (const workspace of ['shared', 'realtime', 'api', 'standalone']) {
  watch(join(root, workspace, 'src'), { recursive: true }, (_event, file) => {
    if (file?.endsWith('.ts') && !file.endsWith('.test.ts')) restarting ??= restart();
  });
}

process.once('SIGINT', () => void stop());
process.once('SIGTERM', () => void stop());

/**
 * Not `node --watch`: in that mode Node sends messages of its own from every worker thread, which the database's supervisor takes for
 * a fault of its worker.
 */
function startServer(): ChildProcess {
  return spawn(nodePath, ['standalone/src/main.ts'], {
    cwd: root,
    // The QR code on its output names this inner address: only its messages are shown.
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...environment, PORT: String(serverPort), HOST: '127.0.0.1' },
  });
}

async function restart(): Promise<void> {
  await endServer();
  restarting = null;
  server = startServer();
  console.log('The server restarts.');
}

async function endServer(): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'close');
  server.kill('SIGTERM');
  await ended;
}

async function stop(): Promise<void> {
  await restarting;
  await endServer();
  await web.close();
  process.exit(0);
}
