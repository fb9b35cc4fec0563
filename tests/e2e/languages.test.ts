import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { ListPage } from './list-page.ts';

/** The language and the direction that the page has told the browser. */
async function expectLanguage(page: Page, lang: string, dir: 'ltr' | 'rtl'): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('lang', lang);
  await expect(page.locator('html')).toHaveAttribute('dir', dir);
}

test('W16 a language is chosen at once, by somebody without a list too, and stays without a network', async ({
  newPhone,
}) => {
  const page = await newPhone({ reducedMotion: 'reduce' });
  await page.goto('/account');
  await page.getByRole('textbox', { name: 'Email' }).fill('anna@example.org');
  const language = page.getByRole('combobox', { name: 'Language' });
  await language.focus();
  await language.selectOption('العربية');
  await expect(page.getByRole('heading', { level: 1, name: 'حسابك' })).toBeVisible();
  await expectLanguage(page, 'ar', 'rtl');
  await expect(page.getByRole('combobox', { name: 'اللغة' })).toBeFocused();
  await expect(page.getByRole('textbox', { name: 'البريد الإلكتروني' })).toHaveValue('anna@example.org');

  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('قائمة واحدة. عربة للجميع.');
  await page.getByRole('button', { name: 'قائمة جديدة' }).click();
  const addItem = page.getByRole('textbox', { name: 'إضافة غرض' });
  for (const line of ['2 kg tomatoes', 'حليب']) {
    await addItem.fill(line);
    await addItem.press('Enter');
    await expect(addItem).toHaveValue('');
  }
  await page.getByRole('checkbox', { name: 'حليب' }).check();
  await expect(page.getByRole('status')).toHaveText('محفوظ');
  await page.evaluate(() => navigator.serviceWorker.ready);

  await page.context().setOffline(true);
  await page.reload();
  await expect(page.getByRole('checkbox', { name: 'حليب' })).toBeChecked();
  await expect(page.getByRole('status')).toHaveText('دون اتصال');
  await expectLanguage(page, 'ar', 'rtl');
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1, name: 'قوائمك' })).toBeVisible();

  await page.goto('/account');
  await page.getByRole('combobox', { name: 'اللغة' }).selectOption('Español');
  await expect(page.getByRole('heading', { level: 1, name: 'Tú' })).toBeVisible();
  await expectLanguage(page, 'es', 'ltr');
});

test('W16 the first guess is the language of the phone, and English is not seen before it', async ({ newPhone }) => {
  const page = await newPhone({ locale: 'de-AT' });
  const released = Promise.withResolvers<undefined>();
  await page.route('**/*.js', async (route) => {
    await released.promise;
    await route.continue();
  });
  await page.goto('/', { waitUntil: 'commit' });
  const prerendered = page.getByText('One list. Everyone’s trolley.');
  await expect(prerendered).toHaveCount(1);
  await expectLanguage(page, 'de', 'ltr');
  await expect(prerendered).toBeHidden();
  released.resolve(undefined);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Eine Liste. Ein Wagen für alle.');
  await page.getByRole('button', { name: 'Neue Liste' }).click();
  await expect(page.getByRole('textbox', { name: 'Etwas hinzufügen' })).toBeVisible();

  const other = await newPhone({ locale: 'fi-FI' });
  await other.goto('/');
  await expectLanguage(other, 'en', 'ltr');
});

test('W16 a page whose texts cannot be had says so in every language, and tries again', async ({ newPhone }) => {
  const page = await newPhone({ locale: 'fr-FR', serviceWorkers: 'block' });
  await page.route('**/assets/fr.*.json', (route) => route.abort());
  await page.goto('/account');
  await expect(page.getByText('Trolley est injoignable.')).toBeVisible();
  await expect(page.getByText('Trolley can’t be reached.')).toBeVisible();

  await page.unroute('**/assets/fr.*.json');
  await page.getByRole('link', { name: 'Réessayer' }).click();
  await expect(page.getByRole('combobox', { name: 'Langue' })).toBeVisible();
  await expect(page.getByText('Trolley can’t be reached.')).toBeHidden();

  await page.route('**/assets/es.*.json', (route) => route.abort());
  await page.getByRole('combobox', { name: 'Langue' }).selectOption('Español');
  await expect(page.getByText('Cette langue ne peut pas être chargée')).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Langue' })).toHaveValue('fr');
});

test('W16 what is typed runs in its own direction', async ({ newPhone }) => {
  const anna = new ListPage(await newPhone({ locale: 'en-GB' }));
  await anna.begin();
  await anna.add('2 kg tomatoes', 'زيت زيتون');
  const runs = (text: string, direction: 'ltr' | 'rtl') =>
    expect(anna.page.getByText(text, { exact: true })).toHaveCSS('direction', direction);
  await runs('زيت زيتون', 'rtl');
  await runs('tomatoes', 'ltr');
  await runs('2 kg', 'ltr');
});
