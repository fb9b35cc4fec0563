import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, globSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findInPath, installDebianPackage, isExecutable, mayInstallDebianPackages } from './executables.mjs';
import { freePort } from './free-port.ts';
import { ManagedProcess, type ProcessListener } from './managed-process.ts';
import { createServerFolder } from './server-folder.ts';

/** A Postgres server of our own, on a free port of this machine. */
export interface PostgresServer {
  /** Address of its first database, as superuser. */
  readonly url: string;
  /** To kill it, to freeze it, and to start it again on the same port and data. */
  readonly process: ManagedProcess;
  /** Ends the server, and removes its folder if it is a temporary one. */
  stop(): Promise<void>;
}

export interface PostgresOptions {
  readonly port?: number;
  readonly listener?: ProcessListener;
  /** Where the data stay from one start to the next, safe from a power cut. Without it: a temporary folder, safe from a killed process. */
  readonly keptIn?: string;
  /** Without it anybody on this machine is let in. */
  readonly password?: string;
  /** More settings, as in postgresql.conf. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** A user of this machine. */
type Owner = { readonly uid: number; readonly gid: number } | null;

/** Starts a real Postgres, installed first when need be and possible. Throws one clear line when none can be had. */
export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer> {
  const { keptIn, password } = options;
  const binaries = findBinaries() ?? (await installBinaries());
  const owner = serverUser();
  const temporary = keptIn === undefined ? createServerFolder('postgres') : null;
  const folder = keptIn ?? temporary?.path ?? '';
  const data = join(folder, 'data');
  if (!existsSync(data)) createData(binaries, folder, owner, password);

  const port = options.port ?? (await freePort());
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    fsync: keptIn === undefined ? 'off' : 'on',
    ...options.settings,
  };
  const server = new ManagedProcess(
    {
      name: 'Postgres',
      command: join(binaries, 'postgres'),
      args: [
        '-D',
        data,
        '-p',
        String(port),
        ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
      ],
      folder,
      owner,
      ready: { line: /ready to accept connections/ },
      stopSignal: 'SIGINT',
    },
    options.listener,
  );
  await server.start();
  return {
    url: `postgres://postgres${password === undefined ? '' : `:${password}`}@127.0.0.1:${port}/postgres`,
    process: server,
    async stop() {
      await server.stop();
      temporary?.remove();
    },
  };
}

/** Whole or not at all: a folder that initdb has only begun would never become a server. */
function createData(binaries: string, folder: string, owner: Owner, password: string | undefined): void {
  const unfinished = join(folder, 'unfinished');
  const passwordFile = join(folder, 'password');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  rmSync(unfinished, { recursive: true, force: true });
  if (password !== undefined) writeFileSync(passwordFile, password, { mode: 0o600 });
  if (owner !== null) {
    for (const path of [folder, passwordFile]) if (existsSync(path)) chownSync(path, owner.uid, owner.gid);
  }
  const access = password === undefined ? ['-A', 'trust'] : ['-A', 'scram-sha-256', `--pwfile=${passwordFile}`];
  const args = ['-D', unfinished, '-U', 'postgres', '-E', 'UTF8', '--no-locale', ...access];
  try {
    execFileSync(join(binaries, 'initdb'), args, { ...owner, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Postgres cannot keep its data in ${folder}: ${reason}`, { cause: error });
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(unfinished, join(folder, 'data'));
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
function serverUser(): Owner {
  if (process.getuid?.() !== 0) return null;
  const idOf = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}
