import { once } from 'node:events';
import { startFirefox } from '@trolley/scripts/services/firefox';
import * as v from 'valibot';
import type { EngineBrowser } from './engine-browser.ts';

const answerSchema = v.object({ id: v.number(), type: v.string(), result: v.optional(v.unknown()) });
const contextSchema = v.object({ context: v.string() });
const treeSchema = v.object({ contexts: v.tupleWithRest([contextSchema], v.unknown()) });
const resultSchema = v.object({ type: v.literal('success'), result: v.object({ value: v.string() }) });

/** Starts Firefox, and speaks WebDriver BiDi with it. */
export async function startFirefoxBrowser(): Promise<EngineBrowser> {
  const firefox = await startFirefox();
  const socket = new WebSocket(firefox.webSocketUrl);
  await once(socket, 'open');
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const answer = v.safeParse(answerSchema, JSON.parse(String(data)));
    if (!answer.success) return;
    const { id, type, result } = answer.output;
    if (type === 'success') waiting.get(id)?.resolve(result);
    else waiting.get(id)?.reject(new Error(`Firefox refused: ${String(data)}`));
    waiting.delete(id);
  });
  let lastId = 0;
  const call = (method: string, params: object): Promise<unknown> => {
    lastId += 1;
    const answer = Promise.withResolvers<unknown>();
    waiting.set(lastId, answer);
    socket.send(JSON.stringify({ id: lastId, method, params }));
    return answer.promise;
  };
  await call('session.new', { capabilities: {} });
  const { contexts } = v.parse(treeSchema, await call('browsingContext.getTree', {}));
  let { context } = contexts[0];
  return {
    async open(url) {
      const created = v.parse(contextSchema, await call('browsingContext.create', { type: 'tab' }));
      await call('browsingContext.close', { context });
      ({ context } = created);
      await call('browsingContext.navigate', { context, url, wait: 'complete' });
    },
    async run(body) {
      const expression = `(async () => { ${body} })()`;
      const params = { expression, target: { context }, awaitPromise: true };
      return v.parse(resultSchema, await call('script.evaluate', params)).result.value;
    },
    async act(actions) {
      await call('input.performActions', { context, actions });
    },
    async [Symbol.asyncDispose]() {
      socket.close();
      await firefox.stop();
    },
  };
}
