import type { CDPSession, Page } from '@playwright/test';
import { visitEveryScreen } from './every-screen/visit-every-screen.ts';
import { expectAccessible } from './expect-accessible.ts';
import { findCutOff } from './find-cut-off.ts';
import { expect, test } from './fixtures.ts';

/** Besides the light. Only rules of colour can find something new in them. */
const dark = { colorScheme: 'dark', contrast: 'no-preference' } as const;
const otherLooks = { en: [dark, { colorScheme: 'dark', contrast: 'more' }], ar: [dark] } as const;

/** What is wrong on a screen for whoever needs other colours, larger text or less motion. */
async function examine(page: Page, language: 'en' | 'ar'): Promise<void> {
  // First: a browser that is told of other colours takes its usual size of text again, a moment later.
  const session = await page.context().newCDPSession(page);
  await setTextSize(session, page, 32);
  const width = page.viewportSize()?.width ?? 0;
  expect.soft(await page.evaluate(findCutOff, width), 'at twice the size of text').toEqual([]);
  await setTextSize(session, page, 16);
  await session.detach();
  await expectAccessible(page);
  for (const look of otherLooks[language]) {
    await show(page, look);
    await expectAccessible(page, 'colors');
  }
  await show(page, { colorScheme: 'light', contrast: 'no-preference' });
  const longestMs = await page.evaluate(() =>
    Math.max(0, ...document.getAnimations().map(({ effect }) => Number(effect?.getComputedTiming().duration ?? 0))),
  );
  expect.soft(longestMs, 'less motion is wanted').toBeLessThanOrEqual(1);
}

/** Shows the page in other colours, until it has heard of them. */
async function show(page: Page, look: { colorScheme: 'light' | 'dark'; contrast: 'no-preference' | 'more' }) {
  await page.emulateMedia(look);
  const html = page.locator('html');
  await expect(html).toHaveAttribute('data-theme', look.colorScheme);
  await expect(html.and(page.locator('[data-sharp]'))).toHaveCount(look.contrast === 'more' ? 1 : 0);
}

/** Sets the size of text in CSS pixels, as people set it in their browser. It is no zoom: it is what `rem` is made of. */
async function setTextSize(session: CDPSession, page: Page, standard: number): Promise<void> {
  await session.send('Page.setFontSizes', { fontSizes: { standard } });
  await expect(page.locator('html')).toHaveCSS('font-size', `${String(standard)}px`);
}

for (const language of ['en', 'ar'] as const) {
  test(`W5 every screen breaks no rule of accessibility in any theme, and holds text of twice the size, ${language}`, async ({
    newPhone,
    trolley,
  }) => {
    test.setTimeout(300_000);
    // Passkeys are offered where the host has a name.
    const baseURL = trolley.url.replace('127.0.0.1', 'localhost');
    await visitEveryScreen({
      newPhone: (options) => newPhone({ ...options, baseURL }),
      language,
      look: (page, screen) => test.step(screen, () => examine(page, language)),
    });
  });
}

test('W5 a screen begins at its top', async ({ newPhone }) => {
  const page = await newPhone();
  await page.goto('/account');
  const heading = page.getByRole('heading', { level: 1 });
  await expect(heading).toBeVisible();
  expect((await heading.boundingBox())?.y).toBeLessThan(40);
});
