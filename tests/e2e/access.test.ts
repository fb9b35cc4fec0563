import { expectAccessible } from './expect-accessible.ts';
import { expect, test } from './fixtures.ts';
import { ListPage } from './list-page.ts';

test('P15 a viewer cannot edit: the controls say so, and the server refuses', async ({ newPhone }) => {
  const anna = new ListPage(await newPhone());
  await anna.begin();
  await anna.add('milk');
  await anna.isSaved();
  const ben = new ListPage(await newPhone());
  await ben.join(await anna.invite('look'), 'Ben');
  await expect(ben.checkbox('milk')).toBeVisible();
  await expect(ben.checkbox('milk')).toBeDisabled();
  await expect(ben.addItem).toBeDisabled();

  const list = new URL(ben.page.url()).pathname.split('/').at(-1) ?? '';
  const answer = await ben.page.evaluate(async (id) => {
    const response = await fetch(`/api/v1/lists/${id}/updates`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ epoch: 0, update: 'AAA=' }),
    });
    return { status: response.status, text: await response.text() };
  }, list);
  expect(answer.status).toBe(403);
  expect(answer.text).toContain('"forbidden"');
  await anna.add('bread');
  await expect(ben.checkbox('bread')).toBeVisible();
});

test('P16 a revoked member is cut off at once and keeps a readable copy', async ({ newPhone }) => {
  const anna = new ListPage(await newPhone());
  await anna.begin();
  await anna.add('milk');
  const ben = new ListPage(await newPhone());
  await ben.join(await anna.invite(), 'Ben');
  await expect(ben.checkbox('milk')).toBeEnabled();

  await anna.page.getByRole('button', { name: 'Share' }).click();
  await anna.page.getByRole('button', { name: /Remove.*Ben/ }).click();
  await anna.page.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(ben.checkbox('milk')).toBeDisabled();
  await anna.page.keyboard.press('Escape');
  await anna.add('secret');
  await anna.isSaved();
  await ben.page.reload();
  await expect(ben.checkbox('milk')).toBeVisible();
  await expect(ben.checkbox('milk')).toBeDisabled();
  await expect(ben.checkbox('secret')).toHaveCount(0);
});

test('W19 who leaves a list has it no more, and the last owner can delete it for everybody', async ({ newPhone }) => {
  const anna = new ListPage(await newPhone());
  await anna.begin();
  await anna.add('milk');
  const ben = new ListPage(await newPhone());
  await ben.join(await anna.invite(), 'Ben');
  const cleo = new ListPage(await newPhone());
  await cleo.join(await anna.invite(), 'Cleo');
  await expect(cleo.checkbox('milk')).toBeEnabled();

  const list = ben.page.url();
  await ben.page.getByRole('button', { name: 'Share' }).click();
  await ben.page.getByRole('button', { name: 'Leave this list' }).click();
  await ben.page.getByRole('button', { name: 'Yes, leave' }).click();
  await expect(ben.page).toHaveURL('/');
  await ben.page.goto(list);
  await expect(ben.checkbox('milk')).toHaveCount(0);

  await anna.page.getByRole('button', { name: 'Share' }).click();
  await anna.page.getByRole('button', { name: 'Delete this list' }).click();
  await anna.page.getByRole('button', { name: 'Yes, delete' }).click();
  await expect(anna.page).toHaveURL('/');
  await expect(cleo.checkbox('milk')).toBeDisabled();
});

test('W32 a list is handed over: its new owner manages it, and whoever goes has named one', async ({ newPhone }) => {
  const anna = new ListPage(await newPhone());
  await anna.begin();
  await anna.add('milk');
  const ben = new ListPage(await newPhone());
  await ben.join(await anna.invite(), 'Ben');
  const cleo = new ListPage(await newPhone());
  await cleo.join(await anna.invite(), 'Cleo');
  await expect(cleo.checkbox('milk')).toBeEnabled();

  await anna.page.getByRole('button', { name: 'Share' }).click();
  await anna.page.getByRole('button', { name: 'Hand over the list' }).click();
  await anna.page.getByRole('combobox', { name: 'New owner' }).selectOption('Ben');
  await anna.page.getByRole('checkbox', { name: 'From then on I only edit' }).check();
  await anna.page.getByRole('button', { name: 'Hand over', exact: true }).click();
  await expect(anna.page.getByText('Ben owns this list now.')).toBeVisible();
  await expect(anna.page.getByText('Only the owner of this list can invite people.')).toBeVisible();
  await anna.page.keyboard.press('Escape');

  await ben.page.getByRole('button', { name: 'Share' }).click();
  await ben.page.getByRole('button', { name: 'Leave this list' }).click();
  await expect(ben.page.getByText('You are the only owner.')).toBeVisible();
  await ben.page.getByRole('combobox', { name: 'New owner' }).selectOption('Cleo');
  await ben.page.getByRole('button', { name: 'Hand over and leave' }).click();
  await expect(ben.page).toHaveURL('/');

  await cleo.page.getByRole('button', { name: 'Share' }).click();
  await expect(cleo.page.locator('a[href*="/join/"]')).toBeVisible();
});

test('W32 a link is sent by the phone’s own menu where there is one, and copied where there is none', async ({
  newPhone,
}) => {
  const page = await newPhone();
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'share', {
      value: (what: { url: string; text: string }) => {
        document.title = `${what.text} ${what.url}`;
        return Promise.resolve();
      },
    });
  });
  const anna = new ListPage(page);
  await anna.begin();
  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByRole('button', { name: 'Send…' }).click();
  await expect(page).toHaveTitle(/Join our list .* http:.*\/join\//);

  const other = await newPhone();
  await other.addInitScript(() => {
    Object.defineProperty(navigator, 'share', { value: undefined });
  });
  await new ListPage(other).begin();
  await other.getByRole('button', { name: 'Share' }).click();
  await expect(other.getByRole('button', { name: 'Copy link' })).toBeVisible();
  await expect(other.getByRole('button', { name: 'Send…' })).toHaveCount(0);
});

test('W33 members see whose phone has the list, and who misses how much', async ({ newPhone }) => {
  const anna = new ListPage(await newPhone());
  await anna.begin();
  await anna.add('milk');
  const ben = new ListPage(await newPhone());
  await ben.join(await anna.invite(), 'Ben');
  await expect(ben.checkbox('milk')).toBeEnabled();
  await anna.page.getByRole('button', { name: 'Share' }).click();
  await expect(anna.page.getByText('Everyone’s phone has this list')).toBeVisible({ timeout: 20_000 });
  await anna.page.keyboard.press('Escape');
  const chip = anna.page.getByRole('button', { name: 'Saved, and on whose phones' });
  await chip.click();
  await expect(anna.page.getByRole('dialog').getByText('Everyone’s phone has this list')).toBeVisible();
  await expectAccessible(anna.page);
  await anna.page.keyboard.press('Escape');

  await ben.page.context().setOffline(true);
  // Each pushed by itself: two edits that wait for each other are one change of the log.
  for (const name of ['bread', 'eggs']) {
    await anna.add(name);
    await anna.isSaved();
  }
  await anna.page.getByRole('button', { name: 'Share' }).click();
  await expect(anna.page.getByText('has not seen the last 2 changes')).toBeVisible({ timeout: 20_000 });
  await expect(anna.page.getByText('Everyone’s phone has this list')).toBeHidden();
  await ben.page.context().setOffline(false);
  await expect(ben.checkbox('eggs')).toBeVisible({ timeout: 20_000 });
  await expect(anna.page.getByText('Everyone’s phone has this list')).toBeVisible({ timeout: 20_000 });

  await anna.page.context().setOffline(true);
  await expect(anna.page.getByText('Without a network nobody can say')).toBeVisible({ timeout: 20_000 });
  await expect(anna.page.getByText('Everyone’s phone has this list')).toBeHidden();
  await anna.page.keyboard.press('Escape');
  await chip.click();
  await expect(anna.page.getByRole('dialog').getByText('No network right now')).toBeVisible();
});
