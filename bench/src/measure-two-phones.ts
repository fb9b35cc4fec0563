import type { Page } from '@playwright/test';
import * as v from 'valibot';
import { createFilledList, type BenchApp } from './bench-app.ts';
import type { Measurement } from './measurement.ts';
import { percentile } from './percentile.ts';

const itemCount = 60;

/** From a tick on one phone until the other's page shows it. Both pages read the clock of this machine. */
export async function measureTwoPhones(app: BenchApp): Promise<Measurement[]> {
  const [anna, ben] = [await app.newPhone(), await app.newPhone()];
  const list = await createFilledList(anna, itemCount);
  const headers = { origin: app.trolley.url };
  const invite = await anna.request.post(`/api/v1/lists/${list}/invites`, { headers, data: { role: 'editor' } });
  const { data } = v.parse(inviteSchema, await invite.json());
  await ben.request.post('/api/auth/sign-in/anonymous', { headers, data: {} });
  await ben.request.post(`/api/v1/invites/${data.token}/accept`, { headers });
  const [annaPage, benPage] = [await anna.newPage(), await ben.newPage()];
  for (const page of [annaPage, benPage]) {
    await page.goto(`/lists/${list}`);
    await page
      .getByRole('checkbox')
      .nth(itemCount - 1)
      .waitFor({ state: 'attached' });
  }
  await benPage.getByRole('list', { name: 'Here now' }).getByRole('listitem').nth(1).waitFor();
  const delays: number[] = [];
  for (let index = 0; index < itemCount; index += 1) {
    const name = `thing ${String(index)}`;
    const seen = benPage.evaluate(tickedAtMs, name);
    delays.push(await tick(annaPage, name).then(async (tickedMs) => (await seen) - tickedMs));
  }
  await Promise.all([anna.close(), ben.close()]);
  return [
    { name: 'tick to the other browser, p50', value: percentile(delays, 0.5), unit: 'ms', goal: null },
    { name: 'tick to the other browser, p99', value: percentile(delays, 0.99), unit: 'ms', goal: null },
  ];
}

/** Ticks an item and answers when, in milliseconds since 1970. */
function tick(page: Page, name: string): Promise<number> {
  return page.evaluate((label) => {
    const box = [...document.querySelectorAll('input[type=checkbox]')].find(
      (candidate) => labelOf(candidate) === label,
    );
    if (!(box instanceof HTMLInputElement)) throw new Error(`no ${label}`);
    const nowMs = performance.timeOrigin + performance.now();
    box.click();
    return nowMs;

    function labelOf(element: Element): string {
      const labelledBy = element.getAttribute('aria-labelledby');
      const other = labelledBy === null ? null : document.getElementById(labelledBy);
      return (element.getAttribute('aria-label') ?? other?.textContent ?? '').trim();
    }
  }, name);
}

/** Runs in the page: waits until the item is ticked and answers when, in milliseconds since 1970. */
function tickedAtMs(label: string): Promise<number> {
  return new Promise((resolve) => {
    const look = () => {
      const box = [...document.querySelectorAll('input[type=checkbox]')].find(
        (candidate) => labelOf(candidate) === label,
      );
      if (box instanceof HTMLInputElement && box.checked) resolve(performance.timeOrigin + performance.now());
      else requestAnimationFrame(look);
    };
    look();

    function labelOf(element: Element): string {
      const labelledBy = element.getAttribute('aria-labelledby');
      const other = labelledBy === null ? null : document.getElementById(labelledBy);
      return (element.getAttribute('aria-label') ?? other?.textContent ?? '').trim();
    }
  });
}

const inviteSchema = v.object({ data: v.object({ token: v.string() }) });
