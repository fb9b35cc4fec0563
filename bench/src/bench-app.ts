import { chromium, type BrowserContext, type Page } from '@playwright/test';
import { addItem, categoryIds, createList, ListDocument, mergeUpdates } from '@trolley/shared/document';
import { createListId, createMemberId, limits, type ListId } from '@trolley/shared/protocol';
import { SeededRandom } from '@trolley/shared/testing';
import { startTrolley, type Trolley } from '@trolley/tests/start-trolley';
import { createTemporaryFolder } from '@trolley/tests/temporary-folder';
import { config } from './config.ts';

/** The slowest phones that families use are some four times slower than this machine (web.dev's "mid-tier mobile" setting). */
const phoneSlowdown = 4;

/** The real server with a fresh data folder, and phones that use it. */
export class BenchApp implements AsyncDisposable {
  readonly trolley: Trolley;
  readonly #stack: AsyncDisposableStack;

  private constructor(trolley: Trolley, stack: AsyncDisposableStack) {
    this.trolley = trolley;
    this.#stack = stack;
  }

  static async start(): Promise<BenchApp> {
    await using stack = new AsyncDisposableStack();
    const folder = stack.use(createTemporaryFolder());
    const trolley = await startTrolley({ dataDir: folder.path });
    stack.defer(() => trolley.stop());
    return new BenchApp(trolley, stack.move());
  }

  /**
   * A phone that knows nothing yet: a real Chromium of its own with a profile on disk, as on a phone. Without one, in a private window, it would
   * also compile the app's scripts anew at each start.
   */
  async newPhone(): Promise<BrowserContext> {
    const folder = this.#stack.use(createTemporaryFolder());
    const phone = await chromium.launchPersistentContext(folder.path, {
      baseURL: this.trolley.url,
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
      ...(config.chromiumPath === null ? {} : { executablePath: config.chromiumPath }),
      args: config.isRoot ? ['--no-sandbox'] : [],
    });
    this.#stack.defer(() => phone.close());
    return phone;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#stack.disposeAsync();
  }
}

/** Makes this page's processor as slow as a cheap phone's. */
export async function slowDown(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: phoneSlowdown });
}

/** Gives a phone a guest's session and a list of that many items, through the api. */
export async function createFilledList(phone: BrowserContext, itemCount: number): Promise<ListId> {
  const random = new SeededRandom(42);
  const randomBytes = (byteLength: number) => random.bytes(byteLength);
  const list = createListId(() => crypto.getRandomValues(new Uint8Array(16)));
  const origin = new URL((await phone.request.get('/healthz')).url()).origin;
  const headers = { origin };
  await phone.request.post('/api/auth/sign-in/anonymous', { headers, data: {} });
  await phone.request.put(`/api/v1/lists/${list}`, { headers });
  for (const update of filledUpdates(itemCount, random, randomBytes)) {
    const data = { epoch: 0, update: Buffer.from(update).toString('base64') };
    const response = await phone.request.post(`/api/v1/lists/${list}/updates`, { headers, data });
    if (!response.ok()) throw new Error(`The list could not be filled: ${await response.text()}`);
  }
  return list;
}

function filledUpdates(itemCount: number, random: SeededRandom, randomBytes: (n: number) => Uint8Array): Uint8Array[] {
  const document = new ListDocument();
  const author = { memberId: createMemberId(randomBytes), nowMs: Date.UTC(2026, 10, 1) };
  const updates: Uint8Array[] = [];
  document.onLocalUpdate((update) => updates.push(update));
  createList(document, 'Groceries', author);
  for (let index = 0; index < itemCount; index += 1) {
    addItem(document, { name: `thing ${String(index)}`, category: random.pick(categoryIds) }, author);
  }
  document.dispose();
  const merged: Uint8Array[] = [];
  for (let start = 0; start < updates.length; start += limits.maxMergedUpdates) {
    merged.push(mergeUpdates(updates.slice(start, start + limits.maxMergedUpdates)));
  }
  return merged;
}
