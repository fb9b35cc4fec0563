import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../toolchain.mjs';
import { findOrInstall } from './find-or-install.ts';
import { freePort } from './free-port.ts';
import { ManagedProcess, type ProcessListener } from './managed-process.ts';
import { createServerFolder } from './server-folder.ts';

/** The gateway of our own: nginx with `deploy/nginx.conf`. */
export interface NginxServer {
  readonly port: number;
  /** To kill it, to freeze it, and to start it again on the same port. */
  readonly process: ManagedProcess;
  /** Lines of its access log so far. */
  accessLog(): string[];
  /** Ends the server and removes its folder. */
  stop(): Promise<void>;
}

export interface NginxOptions {
  /** `host:port` of each node. */
  readonly realtime: readonly string[];
  readonly api: readonly string[];
  /** Folder of the built web app. */
  readonly webRoot: string;
  readonly host?: string;
  readonly port?: number;
  readonly publicUrl?: string | null;
  readonly listener?: ProcessListener;
}

const templatePath = join(root, 'deploy', 'nginx.conf');

/** Starts a real nginx as the gateway, installed first when need be and possible. Throws one clear line when none can be had. */
export async function startNginx(options: NginxOptions): Promise<NginxServer> {
  const command = await findNginx();
  const folder = createServerFolder('nginx');
  const { host = '127.0.0.1', port = await freePort() } = options;
  const accessLog = join(folder.path, 'access.log');
  const configPath = join(folder.path, 'nginx.conf');
  const values = {
    GATEWAY_CONNECTIONS: '4096',
    GATEWAY_LISTEN: `${host}:${port}`,
    GATEWAY_WEB_ROOT: options.webRoot,
    GATEWAY_REALTIME_SERVERS: servers(options.realtime),
    GATEWAY_API_SERVERS: servers(options.api),
    GATEWAY_RESOLVER: '',
    GATEWAY_TRUSTED_PROXY: '127.0.0.1',
    GATEWAY_PUBLIC_URL: options.publicUrl ?? '',
    GATEWAY_ACCESS_LOG: `${accessLog} trolley`,
    GATEWAY_TEMP: folder.path,
  };
  writeFileSync(configPath, fillIn(readFileSync(templatePath, 'utf8'), values));
  // Started as root, its workers would be somebody who may not be able to read the web app.
  const directives = process.getuid?.() === 0 ? 'daemon off; user root;' : 'daemon off;';
  const server = new ManagedProcess(
    {
      name: 'nginx',
      command,
      args: ['-c', configPath, '-p', folder.path, '-e', 'stderr', '-g', directives],
      folder: folder.path,
      ready: { attempt: async () => (await fetch(`http://${reachable(host)}:${port}/healthz`)).ok },
      stopSignal: 'SIGTERM',
    },
    options.listener,
  );
  await server.start();
  return {
    port,
    process: server,
    accessLog: () => readFileSync(accessLog, 'utf8').split('\n').filter(Boolean),
    async stop() {
      await server.stop();
      folder.remove();
    },
  };
}

/** Path of nginx, installed first when need be. */
export async function findNginx(): Promise<string> {
  return findOrInstall({ title: 'nginx', command: 'nginx', debianPackage: 'nginx' });
}

/** A template with its `${NAME}` replaced, as envsubst does it. Throws for a name without a value. */
export function fillIn(template: string, values: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\$\{(GATEWAY_\w+)\}/g, (_whole, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`deploy/nginx.conf asks for ${name}, which has no value.`);
    return value;
  });
}

/** An address by which somebody who listens on `host` is reached from this machine. */
function reachable(host: string): string {
  return host === '0.0.0.0' ? '127.0.0.1' : host;
}

function servers(addresses: readonly string[]): string {
  return addresses.map((address) => `server ${address} max_fails=1 fail_timeout=3s;`).join('\n    ');
}
