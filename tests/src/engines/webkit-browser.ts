import { startWebKitDriver } from '@trolley/scripts/services/webkit';
import * as v from 'valibot';
import type { EngineBrowser } from './engine-browser.ts';

const answerSchema = v.object({ value: v.unknown() });
const sessionSchema = v.object({ sessionId: v.string() });
const windowSchema = v.object({ handle: v.string() });
const scriptTimeoutMs = 30_000;

/** Starts WebKit, and speaks WebDriver with it. */
export async function startWebKitBrowser(): Promise<EngineBrowser> {
  const driver = await startWebKitDriver();
  const call = async (method: 'POST' | 'DELETE', path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`${driver.url}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const { value } = v.parse(answerSchema, await response.json());
    if (!response.ok) throw new Error(`WebKit refused ${path}: ${JSON.stringify(value)}`);
    return value;
  };
  const capabilities = {
    alwaysMatch: {
      browserName: 'MiniBrowser',
      'webkitgtk:browserOptions': { binary: driver.browserPath, args: ['--automation'] },
    },
  };
  const { sessionId } = v.parse(sessionSchema, await call('POST', '/session', { capabilities }));
  const session = `/session/${sessionId}`;
  await call('POST', `${session}/timeouts`, { script: scriptTimeoutMs });
  return {
    async open(url) {
      const { handle } = v.parse(windowSchema, await call('POST', `${session}/window/new`, { type: 'tab' }));
      await call('DELETE', `${session}/window`);
      await call('POST', `${session}/window`, { handle });
      await call('POST', `${session}/url`, { url });
    },
    async run(body) {
      const script = `const done = arguments[0]; (async () => { ${body} })().then(done, (error) => done('failed: ' + error));`;
      return v.parse(v.string(), await call('POST', `${session}/execute/async`, { script, args: [] }));
    },
    async act(actions) {
      await call('POST', `${session}/actions`, { actions });
    },
    async [Symbol.asyncDispose]() {
      await call('DELETE', session).catch(() => undefined);
      await driver.stop();
    },
  };
}
