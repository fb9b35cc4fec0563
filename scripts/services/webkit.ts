import { globSync } from 'node:fs';
import { findOrInstall } from './find-or-install.ts';
import { freePort } from './free-port.ts';
import { ManagedProcess } from './managed-process.ts';

/** A WebKit that obeys the WebDriver protocol. */
export interface WebKitDriver {
  /** Base address of the protocol. */
  readonly url: string;
  /** The browser that it is to start, by its path. */
  readonly browserPath: string;
  stop(): Promise<void>;
}

/** Paths of what it takes to run WebKit, installed first when need be and possible. Throws one clear line when something can't be had. */
async function findWebKit() {
  const title = 'WebKit';
  if (process.platform !== 'linux') throw new Error('Only Linux has a WebKit that can be driven from outside.');
  const driver = await findOrInstall({ title, command: 'WebKitWebDriver', debianPackage: 'webkit2gtk-driver' });
  const screen = await findOrInstall({ title: 'X server', command: 'xvfb-run', debianPackage: 'xvfb' });
  const bus = await findOrInstall({ title: 'message bus', command: 'dbus-run-session', debianPackage: 'dbus' });
  const [browserPath] = globSync('/usr/lib/*/webkit2gtk-4*/MiniBrowser');
  if (browserPath === undefined)
    throw new Error('WebKit has a driver here, but no browser: /usr/lib/*/webkit2gtk-4*/MiniBrowser');
  return { driver, screen, bus, browserPath };
}

/** Starts WebKit's driver, on a screen that nobody sees. */
export async function startWebKitDriver(): Promise<WebKitDriver> {
  const { driver, screen, bus, browserPath } = await findWebKit();
  const port = await freePort();
  const url = `http://127.0.0.1:${String(port)}`;
  const program = new ManagedProcess({
    name: 'WebKitWebDriver',
    command: screen,
    args: ['-a', bus, '--', driver, `--port=${String(port)}`, '--host=127.0.0.1'],
    ready: { attempt: async () => (await fetch(`${url}/status`)).ok },
    stopSignal: 'SIGTERM',
  });
  await program.start();
  // Its shell does not pass a signal on to the screen and the bus that it started.
  return { url, browserPath, stop: () => program.kill() };
}
