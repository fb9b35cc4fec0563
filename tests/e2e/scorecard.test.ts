import { rowPaintedMs } from '../src/row-painted-ms.ts';
import { expect, test } from './fixtures.ts';
import { ListPage } from './list-page.ts';

/** What the best other lists lose, and what must hold here, row by row. */
test.describe('W44 scorecard', () => {
  test('W44 a partner edits ten minutes into my offline shop: all edits of both stand', async ({ newPhone }) => {
    const anna = new ListPage(await newPhone());
    await anna.begin();
    await anna.add('milk', 'bread', 'eggs', 'soap');
    const page = await newPhone();
    await page.clock.install();
    const ben = new ListPage(page);
    await ben.join(await anna.invite(), 'Ben');
    await expect(ben.rows).toHaveCount(4);
    await ben.isSaved();

    await page.context().setOffline(true);
    await expect(ben.chip).toHaveText(/^Offline/);
    await ben.tick('milk');
    await page.clock.fastForward('10:00');
    await anna.add('apples');
    await anna.openDetails('milk');
    await anna.setDetail('Note', 'oat');
    await anna.tick('soap');
    await anna.isSaved();
    await page.clock.fastForward('10:00');
    await ben.tick('bread');
    await ben.add('6 apricots');
    // The aisle is a change of its own when the catalogue was fetched by typing.
    await expect(ben.chip).toHaveText(/^Offline.*[34]/);

    await page.context().setOffline(false);
    await ben.isSaved();
    for (const phone of [anna, ben]) {
      await expect(phone.rows).toHaveCount(6);
      for (const name of ['milk', 'bread', 'soap']) await expect(phone.checkbox(name)).toBeChecked();
      await expect(phone.row('milk')).toContainText('oat');
      await expect(phone.row('apricots')).toContainText('6');
      await expect(phone.checkbox('apples')).not.toBeChecked();
    }
  });

  test('W44 wanted again while a removal waits offline: it stands, and its history says who wants it', async ({
    newPhone,
  }) => {
    const anna = new ListPage(await newPhone());
    await anna.begin();
    await anna.add('milk');
    const ben = new ListPage(await newPhone());
    await ben.join(await anna.invite(), 'Ben');
    await expect(ben.checkbox('milk')).toBeVisible();
    await ben.isSaved();

    await ben.goOffline();
    await expect(ben.chip).toHaveText(/^Offline/);
    await ben.openDetails('milk');
    await ben.page.getByRole('button', { name: 'Remove' }).click();
    await expect(ben.checkbox('milk')).toHaveCount(0);
    await anna.openDetails('milk');
    await anna.page.getByRole('button', { name: 'Remove' }).click();
    await expect(anna.checkbox('milk')).toHaveCount(0);
    await anna.add('2 l milk');
    await anna.isSaved();

    await ben.page.context().setOffline(false);
    await ben.isSaved();
    for (const phone of [anna, ben]) {
      await expect(phone.checkbox('milk')).not.toBeChecked();
      await expect(phone.row('milk')).toContainText('2 l');
    }
    await anna.openDetails('milk');
    await expect(anna.page.getByText(/^Added by you/)).toBeVisible();
  });

  test('W44 one item, three phones offline: tick, amount and note survive', async ({ newPhone }) => {
    const anna = new ListPage(await newPhone());
    await anna.begin();
    await anna.add('milk');
    const invite = await anna.invite();
    const [ben, child] = [new ListPage(await newPhone()), new ListPage(await newPhone())];
    await ben.join(invite, 'Ben');
    await child.join(invite, 'Mia');
    const phones = [anna, ben, child];
    for (const phone of phones) {
      await expect(phone.checkbox('milk')).toBeVisible();
      await phone.isSaved();
      await phone.goOffline();
      await expect(phone.chip).toHaveText(/^Offline/);
    }
    await anna.openDetails('milk');
    await anna.setDetail('Quantity', '3');
    await ben.openDetails('milk');
    await ben.setDetail('Note', 'lactose-free');
    await child.tick('milk');
    for (const phone of phones) await phone.page.context().setOffline(false);
    for (const phone of phones) {
      await phone.isSaved();
      await expect(phone.checkbox('milk')).toBeChecked();
      await expect(phone.row('milk')).toContainText('lactose-free');
      await expect(phone.row('milk').locator('.amount')).toHaveText('3');
    }
  });

  test(
    'W44 a cold start in airplane mode: add by suggestion, tick, undo; the list is there within a second',
    { tag: '@timed' },
    async ({ newPhone }) => {
      const page = await newPhone();
      const anna = new ListPage(page);
      await anna.begin();
      await anna.add('milk', 'bread');
      await anna.isSaved();
      await page.evaluate(() => navigator.serviceWorker.ready);
      const address = page.url();
      await page.context().setOffline(true);

      // The best of three: this machine does other things beside.
      const startsMs: number[] = [];
      for (let start = 0; start < 3; start += 1) {
        const cold = await page.context().newPage();
        await cold.goto(address, { waitUntil: 'commit' });
        startsMs.push(await cold.evaluate(rowPaintedMs));
        await expect(new ListPage(cold).checkbox('bread')).toBeVisible();
        await cold.close();
      }
      expect(Math.min(...startsMs)).toBeLessThan(1_000);

      await page.reload();
      await anna.openDetails('milk');
      await page.getByRole('button', { name: 'Remove' }).click();
      await page.getByRole('button', { name: 'Undo' }).click();
      await expect(anna.checkbox('milk')).toBeVisible();
      await anna.addItem.fill('yog');
      await anna.suggestion('Yoghurt').click();
      await expect(anna.section('Dairy & eggs')).toContainText('Yoghurt');
      await anna.tick('bread');
      await expect(anna.checkbox('bread')).toBeChecked();
      await expect(anna.chip).toHaveText(/^Offline/);
    },
  );

  test(
    'W44 back from the background with a dead connection: up to date within 1.5 s, without a tap',
    { tag: '@timed' },
    async ({ newPhone }) => {
      const anna = new ListPage(await newPhone());
      await anna.begin();
      await anna.add('milk');
      const page = await newPhone();
      const ben = new ListPage(page);
      await ben.join(await anna.invite(), 'Ben');
      await expect(ben.checkbox('milk')).toBeVisible();
      await ben.isSaved();
      const session = await page.context().newCDPSession(page);

      const returnsMs: number[] = [];
      for (const name of ['tea', 'rice', 'soap']) {
        await session.send('Page.setWebLifecycleState', { state: 'frozen' });
        await page.context().setOffline(true);
        await anna.add(name);
        await anna.isSaved();
        await page.context().setOffline(false);
        const startMs = performance.now();
        await session.send('Page.setWebLifecycleState', { state: 'active' });
        await expect(ben.checkbox(name)).toBeVisible();
        returnsMs.push(performance.now() - startMs);
      }
      expect(Math.min(...returnsMs)).toBeLessThan(1_500);
    },
  );

  test('W44 a child clears the list, a parent restores all of it with one tap after adding five more, without a network', async ({
    newPhone,
  }) => {
    const page = await newPhone();
    const parent = new ListPage(page);
    const things = ['2 l milk', '500 g flour', 'bread', 'eggs', 'apples', 'soap', 'rice', 'tea', 'jam', 'salt', 'oil'];
    await parent.begin();
    await parent.add(...things);
    const child = new ListPage(await newPhone());
    await child.join(await parent.invite(), 'Mia');
    await expect(child.rows).toHaveCount(things.length);
    await parent.isSaved();
    const whole = await parent.contents();
    await page.evaluate(() => navigator.serviceWorker.ready);

    for (const box of await child.page.getByRole('checkbox').all()) await box.check();
    await child.page.getByRole('button', { name: 'Clear' }).click();
    await child.isSaved();
    await expect(child.rows).toHaveCount(0);
    await expect(parent.rows).toHaveCount(0);
    const more = ['pears', 'plums', 'figs', 'nuts', 'dates'];
    await parent.add(...more);
    await page.context().setOffline(true);
    await expect(parent.chip).toHaveText(/^Offline/);
    await page.reload();
    await page.getByRole('button', { name: `Bring all ${String(things.length)} back` }).click();

    await expect(parent.rows).toHaveCount(things.length + more.length);
    expect(await parent.contents()).toEqual([...whole, ...more.map((name) => `[ ] ${name}`)].sort());
    await page.context().setOffline(false);
    await expect(child.rows).toHaveCount(things.length + more.length);
    await parent.isSaved();
    expect(await child.contents()).toEqual(await parent.contents());
  });

  test(
    'W44 a grandparent joins by link within ten seconds, and goes on without a network',
    { tag: '@timed' },
    async ({ newPhone }) => {
      const anna = new ListPage(await newPhone());
      await anna.begin();
      await anna.add('milk', 'bread');
      const invite = await anna.invite();
      const page = await newPhone();
      const grandma = new ListPage(page);
      const startMs = performance.now();
      await grandma.join(invite, 'Grandma');
      await expect(grandma.rows).toHaveCount(2);
      expect(performance.now() - startMs).toBeLessThan(10_000);
      await page.evaluate(() => navigator.serviceWorker.ready);
      await page.context().setOffline(true);
      await page.reload();
      await grandma.add('cake');
      await grandma.tick('milk');
      await page.context().setOffline(false);
      await expect(anna.checkbox('cake')).toBeVisible();
      await expect(anna.checkbox('milk')).toBeChecked();
    },
  );

  test(
    'W44 a tick is on the other phone: p50 within 300 ms, p95 within a second',
    { tag: '@timed' },
    async ({ newPhone }) => {
      const anna = new ListPage(await newPhone());
      await anna.begin();
      const names = Array.from({ length: 20 }, (_, index) => `thing ${String(index)}`);
      await anna.add(...names);
      const ben = new ListPage(await newPhone());
      await ben.join(await anna.invite(), 'Ben');
      await expect(ben.rows).toHaveCount(names.length);
      await ben.isSaved();
      const takenMs: number[] = [];
      for (const name of names) {
        const seen = ben.page.evaluate(whenTicked, name);
        const tapped = await anna.page.evaluate(tickByHand, name);
        takenMs.push((await seen) - tapped);
      }
      takenMs.sort((a, b) => a - b);
      expect(takenMs[9]).toBeLessThan(300);
      expect(takenMs[18]).toBeLessThan(1_000);
    },
  );
});

/** Runs in the page: taps a checkbox, and answers when. */
function tickByHand(name: string): number {
  const box = document.querySelector<HTMLInputElement>(`input[aria-label="${name}"]`);
  box?.click();
  return Date.now();
}

/** Runs in the page: when a frame has shown this item ticked. */
function whenTicked(name: string): Promise<number> {
  return new Promise((resolve) => {
    const look = () => {
      if (document.querySelector<HTMLInputElement>(`input[aria-label="${name}"]`)?.checked === true)
        resolve(Date.now());
      else requestAnimationFrame(look);
    };
    look();
  });
}
