import { beforeEach, describe, expect, it } from 'vitest';
import {
  addItem,
  clearTicked,
  ListDocument,
  removeItem,
  removeItems,
  tickItem,
  type Author,
} from '@trolley/shared/document';
import { createListId, createMemberId, type MemberId } from '@trolley/shared/protocol';
import { finishShopping } from '@trolley/shared/shopping';
import { FakeClock } from '@trolley/shared/testing';
import { awayMs, AwayWatch } from './away-watch.svelte.ts';

const listId = createListId((length) => new Uint8Array(length).fill(1));
const memberOf = (fill: number) => createMemberId((length) => new Uint8Array(length).fill(fill));
const [self, anna] = [memberOf(1), memberOf(2)];

let clock: FakeClock;
let kept: string;
let document: ListDocument;
/** What others have done and what this phone has not heard of yet. */
let news: Uint8Array[];

const by = (memberId: MemberId): Author => ({ memberId, nowMs: clock.nowMs() });

function elsewhere(act: (doc: ListDocument) => void): void {
  const other = new ListDocument();
  other.apply(document.encode(), 'remote');
  for (const update of news) other.apply(update, 'remote');
  other.onLocalUpdate((update) => news.push(update));
  act(other);
}

/** A page that is opened on the list, and on show at once but without a connection. */
async function openPage({ hasConnection = true } = {}): Promise<AwayWatch> {
  const watch = new AwayWatch({
    listId,
    clock,
    self: () => self,
    document: () => document,
    memory: {
      read: () => Promise.resolve(JSON.parse(kept)),
      revise: (_list, _name, revise) => {
        kept = JSON.stringify(revise(JSON.parse(kept)));
        return Promise.resolve();
      },
    },
    catchUp: () => {
      document.applyAll(news.splice(0), 'remote');
      return Promise.resolve();
    },
  });
  await watch.start();
  await watch.setOnShow(hasConnection);
  return watch;
}

describe('AwayWatch', () => {
  beforeEach(() => {
    clock = new FakeClock();
    kept = 'null';
    document = new ListDocument();
    news = [];
    addItem(document, { name: 'milk' }, by(self));
  });

  it('W52 tells on coming back what others did, and until it is closed after a reload too', async () => {
    const first = await openPage();
    expect(first.news).toBeNull();
    await first.setOnShow(false);
    elsewhere((doc) => addItem(doc, { name: 'jam' }, by(anna)));
    await clock.advance(awayMs);
    await first.setOnShow(true);
    expect(first.news?.people).toEqual([{ by: anna, added: ['jam'], got: [] }]);
    await first.dispose();

    const second = await openPage();
    expect(second.news).toEqual(first.news);
    await second.close();
    await second.dispose();
    await clock.advance(awayMs);
    expect((await openPage()).news).toBeNull();
  });

  it('W52 is silent after a moment, and about what was seen live or done here', async () => {
    const page = await openPage();
    elsewhere((doc) => addItem(doc, { name: 'jam' }, by(anna)));
    document.applyAll(news.splice(0), 'remote');
    await page.setOnShow(false);
    elsewhere((doc) => addItem(doc, { name: 'salt' }, by(anna)));
    await clock.advance(awayMs - 1);
    await page.setOnShow(true);
    expect(page.news).toBeNull();
    await page.setOnShow(false);
    for (const { id } of document.view.items) removeItem(document, id, by(self));
    await clock.advance(awayMs);
    await page.setOnShow(true);
    expect(page.news).toBeNull();
    await page.dispose();
  });

  it('W52 knows what was on show also when the phone died without a word', async () => {
    await openPage();
    elsewhere((doc) => addItem(doc, { name: 'jam' }, by(anna)));
    document.applyAll(news.splice(0), 'remote');
    await clock.advance(10_000);
    elsewhere((doc) => addItem(doc, { name: 'salt' }, by(anna)));
    await clock.advance(awayMs);
    const again = await openPage();
    expect(again.news?.people).toEqual([{ by: anna, added: ['salt'], got: [] }]);
  });

  it('W52 goes on watching in the epoch after', async () => {
    const page = await openPage();
    const next = new ListDocument({ epoch: 1 });
    next.apply(document.encode(), 'storage');
    document = next;
    page.follow();
    await page.setOnShow(false);
    elsewhere((doc) => addItem(doc, { name: 'jam' }, by(anna)));
    await clock.advance(awayMs);
    await page.setOnShow(true);
    expect(page.news?.people).toEqual([{ by: anna, added: ['jam'], got: [] }]);
  });

  /** What is offered, `[x]` for what comes back into the trolley. */
  const offered = (page: AwayWatch) =>
    page.gone.map(({ name, isTicked }) => `[${isTicked ? 'x' : ' '}] ${name}`).sort();

  function hear(act: (doc: ListDocument) => void): void {
    elsewhere(act);
    document.applyAll(news.splice(0), 'remote');
  }

  const tickAll = (doc: ListDocument) => {
    for (const { id } of doc.view.items) tickItem(doc, id, by(anna));
  };

  it('W13 offers to bring back what somebody else has cleared in one go, as it was a few minutes before, also after a reload', async () => {
    for (const name of ['bread', 'eggs', 'jam']) addItem(document, { name }, by(self));
    const page = await openPage();
    for (const { id } of document.view.items.slice(0, 1)) tickItem(document, id, by(self));
    await clock.advance(10 * 60_000);
    hear((doc) => {
      tickAll(doc);
      clearTicked(doc, by(anna));
    });
    expect(page.news).toBeNull();
    expect(offered(page)).toEqual(['[ ] bread', '[ ] eggs', '[ ] jam', '[x] milk']);
    await page.dispose();

    const again = await openPage();
    expect(again.gone).toHaveLength(4);
    await again.close();
    expect((await openPage()).gone).toEqual([]);
  });

  it('W13 makes the offer again after a reload that comes at once, without a connection too', async () => {
    for (const name of ['bread', 'eggs']) addItem(document, { name }, by(self));
    const page = await openPage();
    hear((doc) =>
      removeItems(
        doc,
        doc.view.items.map(({ id }) => id),
        by(anna),
      ),
    );
    expect(offered(page)).toHaveLength(3);
    expect(offered(await openPage({ hasConnection: false }))).toEqual(offered(page));
  });

  it('W13 offers nothing when few go at once, when a trip was finished and for what was cleared here', async () => {
    for (const name of ['bread', 'eggs', 'jam', 'tea']) addItem(document, { name }, by(self));
    const page = await openPage();
    const [first, second, ...others] = document.view.items.map(({ id }) => id);
    hear((doc) =>
      removeItems(
        doc,
        [first, second].filter((id) => id !== undefined),
        by(anna),
      ),
    );
    expect(page.gone).toEqual([]);
    hear((doc) => {
      tickAll(doc);
      finishShopping(doc, { store: null, ticked: [] }, by(anna));
    });
    expect(document.view.items).toEqual([]);
    expect(page.gone).toEqual([]);
    for (const name of ['salt', 'rice', 'oil']) addItem(document, { name }, by(self));
    removeItems(
      document,
      document.view.items.map(({ id }) => id),
      by(self),
    );
    expect(page.gone).toEqual([]);
    expect(others).toHaveLength(3);
  });

  it('W13 offers to bring back what was removed or cleared meanwhile, and then says no more of it', async () => {
    for (const name of ['bread', 'eggs']) addItem(document, { name }, by(self));
    const page = await openPage();
    const [milk, bread] = document.view.items.map(({ id }) => id);
    if (milk === undefined || bread === undefined) throw new Error('both are there');
    await page.setOnShow(false);
    await clock.advance(awayMs);
    elsewhere((doc) => {
      removeItem(doc, milk, by(anna));
      tickItem(doc, bread, by(anna));
      clearTicked(doc, by(anna));
    });
    await page.setOnShow(true);
    expect(page.news?.removed).toEqual(['milk']);
    expect(offered(page)).toEqual(['[ ] bread', '[ ] milk']);
    await page.broughtBack();
    expect([page.gone, page.news?.removed]).toEqual([[], []]);
  });
});
