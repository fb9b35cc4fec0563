import { chromium, type Browser } from '@playwright/test';
import { config } from '../src/config.ts';
import { startTrolley } from '../src/start-trolley.ts';
import { createTemporaryFolder } from '../src/temporary-folder.ts';
import { ListPage } from '../e2e/list-page.ts';
import { tellMoment } from '../e2e/tell-moment.ts';

const sizes = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } } as const;
const colorSchemes = ['light', 'dark'] as const;
const shopping = [
  '6 bananas',
  '2 kg potatoes, waxy, for the salad',
  'basil',
  'milk 2 × 1 L',
  '12 eggs',
  'greek yoghurt 500 g',
  'dish soap',
  'sourdough',
];

type Size = keyof typeof sizes;
type ColorScheme = (typeof colorSchemes)[number];

/** Pictures of the real app, into docs/screens: a family's list with two people on it, and the screens around it. */
async function takeScreens(browser: Browser, url: string, size: Size, colorScheme: ColorScheme): Promise<void> {
  const open = async () => {
    const context = await browser.newContext({
      baseURL: url,
      viewport: sizes[size],
      colorScheme,
      reducedMotion: 'reduce',
    });
    return new ListPage(await context.newPage());
  };
  const anna = await open();
  const shoot = (name: string) => anna.page.screenshot({ path: `docs/screens/${name}-${size}-${colorScheme}.png` });
  await anna.page.goto('/account');
  await anna.page.getByRole('textbox', { name: 'Your name' }).fill('Anna');
  await anna.page.keyboard.press('Tab');
  await shoot('account');
  await anna.page.goto('/');
  await shoot('welcome');
  await anna.begin();
  await anna.rename('Barbecue');
  await anna.add('charcoal', 'sausages', 'buns');
  await anna.isSaved();
  await anna.begin();
  await anna.rename('Groceries');
  await anna.add(...shopping);
  await anna.tick('sourdough');
  await anna.page.getByRole('button', { name: 'Clear ticked' }).waitFor();
  await anna.isSaved();
  const sam = await open();
  await sam.join(await anna.invite(), 'Sam');
  await sam.openDetails('potatoes');
  await anna.row('potatoes').getByText('Sam is editing').waitFor();
  // The button that shared keeps the focus, which is not what this picture is of.
  await anna.page.getByRole('button', { name: 'Share' }).blur();
  await shoot('list');
  await anna.openDetails('milk');
  await shoot('details');
  await anna.page.keyboard.press('Escape');
  await anna.page.getByRole('button', { name: 'Share' }).click();
  await anna.page.locator('a[href*="/join/"]').waitFor();
  await anna.page.getByRole('dialog').getByText('has everything').waitFor();
  await shoot('share');
  await anna.page.keyboard.press('Escape');
  await anna.checkbox('eggs').focus();
  await anna.page.keyboard.press('?');
  await anna.page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  await shoot('keys');
  await anna.page.keyboard.press('Escape');
  await anna.addItem.fill('to');
  await anna.suggestion('Tomatoes').waitFor();
  await shoot('adding');
  await anna.page.goto('/');
  await anna.page.getByRole('heading', { name: 'Your lists' }).waitFor();
  await shoot('home');
  await anna.page.getByRole('link', { name: 'Groceries' }).click();
  await takeHistory(anna, shoot);
  await takeShopping(anna, shoot);
  await sam.page.context().close();
  await anna.page.context().close();
}

/** The list before two things went. */
async function takeHistory(anna: ListPage, shoot: (name: string) => Promise<unknown>): Promise<void> {
  await anna.isSaved();
  const atMs = await anna.page.evaluate(() => Date.now());
  for (const name of ['basil', 'bananas']) {
    await anna.openDetails(name);
    await anna.page.getByRole('button', { name: 'Remove' }).click();
  }
  await anna.isSaved();
  await tellMoment(anna.page, atMs);
  await anna.openMenu('Earlier versions');
  await anna.page.getByRole('slider', { name: 'Point in time' }).press('ArrowLeft');
  await anna.page.getByRole('dialog').getByText('Not on the list now').first().waitFor();
  await shoot('time-machine');
  await anna.page.getByRole('button', { name: 'Bring back all 2 that are gone' }).click();
  await anna.checkbox('bananas').waitFor();
}

/** In a store, with the first things in the trolley. */
async function takeShopping(anna: ListPage, shoot: (name: string) => Promise<unknown>): Promise<void> {
  await anna.page.getByRole('button', { name: 'Shop', exact: true }).click();
  await anna.tick('bananas');
  await anna.tick('basil');
  await anna.page.getByRole('progressbar').waitFor();
  await anna.isSaved();
  await shoot('shopping');
}

using folder = createTemporaryFolder();
const trolley = await startTrolley({ dataDir: folder.path });
const browser = await chromium.launch({
  ...(config.chromiumPath === null ? {} : { executablePath: config.chromiumPath }),
  args: config.isRoot ? ['--no-sandbox'] : [],
});
for (const size of ['phone', 'desktop'] as const) {
  for (const colorScheme of colorSchemes) await takeScreens(browser, trolley.url, size, colorScheme);
}
await browser.close();
await trolley.stop();
