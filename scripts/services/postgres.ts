import { execFileSync, spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { findInPath, installDebianPackage, isExecutable, mayInstallDebianPackages } from './executables.mjs';
import { freePort } from './free-port.ts';

/** A Postgres server of our own, in a temporary folder and on a free port of this machine. */
export interface PostgresServer {
  /** Address of its first database, as superuser. */
  readonly url: string;
  /** Ends the server and removes its folder. */
  stop(): Promise<void>;
}

/** Starts a real Postgres, installed first when need be and possible. Throws one clear line when none can be had. */
export async function startPostgres(): Promise<PostgresServer> {
  const binaries = findBinaries() ?? (await installBinaries());
  const owner = serverUser();
  const folder = mkdtempSync(join(tmpdir(), 'trolley-postgres-'));
  if (owner !== null) chownSync(folder, owner.uid, owner.gid);
  const data = join(folder, 'data');
  const initArgs = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync'];
  execFileSync(join(binaries, 'initdb'), initArgs, { ...owner, cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });

  const port = await freePort();
  // No fsync: what the tests kill is our own process, never the machine.
  const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: folder, fsync: 'off' };
  const args = [
    '-D',
    data,
    '-p',
    String(port),
    ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
  ];
  const server = spawn(join(binaries, 'postgres'), args, {
    ...owner,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const abandon = () => {
    server.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', abandon);
  await untilReady(server);
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    async stop() {
      const ended = once(server, 'close');
      server.kill('SIGINT');
      await ended;
      process.off('exit', abandon);
      rmSync(folder, { recursive: true });
    },
  };
}

/** Folder of initdb and postgres: Debian keeps them out of PATH. The newest version wins. */
function findBinaries(): string | null {
  const found = findInPath('initdb');
  if (found !== null) return dirname(found);
  const folders = globSync([
    '/usr/lib/postgresql/*/bin',
    '/opt/homebrew/opt/postgresql@*/bin',
    '/usr/local/opt/postgresql@*/bin',
  ]);
  return (
    folders
      .filter((folder) => isExecutable(join(folder, 'initdb')))
      .toSorted((one, other) => one.localeCompare(other, 'en', { numeric: true }))
      .at(-1) ?? null
  );
}

async function installBinaries(): Promise<string> {
  const folder = mayInstallDebianPackages() && (await installDebianPackage('postgresql')) ? findBinaries() : null;
  if (folder !== null) return folder;
  throw new Error(
    'No Postgres was found and none could be installed. Install the package postgresql: its initdb is needed.',
  );
}

/** Postgres refuses to run as root: then it runs as the user that its package made. */
function serverUser(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const idOf = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

/** Keeps reading to the end: a server whose messages nobody takes stands still once the pipe is full. */
async function untilReady(server: ChildProcessByStdio<null, null, Readable>): Promise<void> {
  const lines = createInterface(server.stderr);
  const said: string[] = [];
  await new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => {
      said.push(line);
      if (line.includes('ready to accept connections')) resolve();
    });
    lines.on('close', () => {
      reject(new Error(`Postgres did not start:\n${said.join('\n')}`));
    });
  });
}
