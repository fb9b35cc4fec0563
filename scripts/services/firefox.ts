import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findInPath } from './executables.mjs';
import { findOrInstall } from './find-or-install.ts';
import { freePort } from './free-port.ts';
import { ManagedProcess } from './managed-process.ts';

/** A Firefox that obeys the WebDriver BiDi protocol. */
export interface Firefox {
  /** Where the protocol is spoken. */
  readonly webSocketUrl: string;
  stop(): Promise<void>;
}

/** Path of a Firefox, installed first when need be and possible. Throws one clear line when none can be had. */
async function findFirefox(): Promise<string> {
  const found = findInPath('firefox');
  return found ?? findOrInstall({ title: 'Firefox', command: 'firefox-esr', debianPackage: 'firefox-esr' });
}

/** Starts a Firefox without a window, with a profile that nobody has used. */
export async function startFirefox(): Promise<Firefox> {
  const command = await findFirefox();
  const port = await freePort();
  const home = mkdtempSync(join(tmpdir(), 'trolley-firefox-'));
  const program = new ManagedProcess({
    name: 'Firefox',
    command,
    args: ['--headless', '--no-remote', '--profile', home, `--remote-debugging-port=${String(port)}`],
    env: { ...process.env, HOME: home },
    ready: { line: /^WebDriver BiDi listening on / },
    stopSignal: 'SIGTERM',
  });
  await program.start();
  return {
    webSocketUrl: `ws://127.0.0.1:${String(port)}/session`,
    async stop() {
      await program.kill();
      rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
