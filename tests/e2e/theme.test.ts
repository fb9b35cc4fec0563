import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { ListPage } from './list-page.ts';

const paper = {
  light: 'rgb(250, 248, 243)',
  dark: 'rgb(19, 23, 21)',
  sharp: 'rgb(255, 255, 255)',
  black: 'rgb(0, 0, 0)',
};

async function expectPaper(page: Page, color: string): Promise<void> {
  await expect(page.locator('html')).toHaveCSS('background-color', color);
}

test('W43 the theme is the system’s until another is chosen, and then that from the first paint', async ({
  newPhone,
}) => {
  const page = await newPhone({ colorScheme: 'light' });
  await page.goto('/account');
  await expectPaper(page, paper.light);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectPaper(page, paper.dark);
  const look = page.getByRole('combobox', { name: 'Look' });
  await look.selectOption('Light');
  await expectPaper(page, paper.light);
  await page.emulateMedia({ colorScheme: 'light' });
  await look.selectOption('Dark');
  await expectPaper(page, paper.dark);
  await expect(page.locator('meta[name=theme-color]')).toHaveAttribute('content', '#131715');
  // A browser that waits for the script files has only what stands in the page itself, which runs before the first paint.
  const released = Promise.withResolvers<undefined>();
  await page.route('**/*.js', async (route) => {
    await released.promise;
    await route.continue();
  });
  await page.reload({ waitUntil: 'commit' });
  await expectPaper(page, paper.dark);
  released.resolve(undefined);
  await expect(look).toHaveValue('dark');
  await look.selectOption('As this phone');
  await expectPaper(page, paper.light);
});

test('W43 high contrast comes by choice or from the system, in the light and in the dark', async ({ newPhone }) => {
  const page = await newPhone({ colorScheme: 'light' });
  await page.goto('/account');
  await page.getByRole('combobox', { name: 'Look' }).selectOption('High contrast');
  await expectPaper(page, paper.sharp);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectPaper(page, paper.black);
  const other = await newPhone({ colorScheme: 'dark', contrast: 'more' });
  await other.goto('/');
  await expectPaper(other, paper.black);
});

test('W43 a tick can be seen in the colours of the system alone', async ({ newPhone }) => {
  const anna = new ListPage(await newPhone({ forcedColors: 'active' }));
  await anna.begin();
  await anna.add('milk');
  await anna.tick('milk');
  // Asked again and again: the row may just be moving to the trolley.
  const width = () =>
    anna.checkbox('milk').evaluate((box) => Number.parseFloat(getComputedStyle(box, '::before').borderTopWidth));
  await expect.poll(width).toBeGreaterThanOrEqual(6);
});
