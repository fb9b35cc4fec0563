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
  const sure = anna.page.getByRole('button', { name: /^Remove/ }).filter({ hasText: /^Remove$/ });
  if (await sure.isVisible()) await sure.click();
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
  await expect(ben.page.getByRole('button', { name: 'New list' })).toBeVisible();
  await ben.page.goto(list);
  await expect(ben.checkbox('milk')).toHaveCount(0);

  await anna.page.getByRole('button', { name: 'Share' }).click();
  await anna.page.getByRole('button', { name: 'Delete this list' }).click();
  await anna.page.getByRole('button', { name: 'Yes, delete' }).click();
  await expect(anna.page.getByRole('button', { name: 'New list' })).toBeVisible();
  await expect(cleo.checkbox('milk')).toBeDisabled();
});
