import { expect } from '@playwright/test';
import type { Visitor } from './visitor.ts';

/** The first screen of somebody who has lists. */
export async function visitHome(anna: Visitor): Promise<void> {
  await anna.open('/');
  await anna.look('home');
  await anna.button('home_arrange').click();
  await anna.page
    .getByRole('button', { name: anna.words('home_archive') })
    .first()
    .click();
  await anna.look('lists that are arranged');
  await anna.button('common_done').click();
  await anna.page.locator('main').getByRole('button', { expanded: false }).click();
  await anna.look('archived lists');
}

/** The account of a guest, its ways in, and where its mails lead to. */
export async function visitAccount(anna: Visitor): Promise<void> {
  const email = `anna-${crypto.randomUUID().slice(0, 8)}@example.org`;
  const fill = async () => {
    await anna.field('account_email').fill(email);
    await anna.page.getByLabel(anna.words('account_password')).fill('correct horse');
  };
  await anna.open('/account');
  await anna.look('account');
  await anna.field('account_email').fill(email);
  await anna.button('account_send_link').click();
  await expect(anna.button('account_mail_other')).toBeVisible();
  await anna.look('look into your mail');
  await anna.button('account_mail_other').click();
  await anna.button('account_have_account').click();
  await anna.button('account_use_password').click();
  await fill();
  await anna.button('account_sign_in').click();
  await expect(anna.page.getByText(anna.words('account_problem_wrong_credentials'))).toBeVisible();
  await anna.look('sign in, refused');
  await anna.button('account_need_account').click();
  await fill();
  await anna.look('sign up');
  await anna.button('account_sign_up').click();
  await expect(anna.button('account_confirm_send')).toBeVisible();
  await anna.look('signed in');
  for (const [screen, path] of [
    ['link that is used up', '/mail/sign-in'],
    ['link to a new password', '/mail/reset-password#secret'],
    ['link to confirm an address', '/mail/verify-address#secret'],
  ] as const) {
    await anna.open(path);
    await anna.look(screen);
  }
}

/** Where nothing is. */
export async function visitErrors(anna: Visitor): Promise<void> {
  for (const [screen, path] of [
    ['no such list', '/lists/not-a-list'],
    ['no such invite', '/join/not-an-invite'],
    ['no such page', '/nowhere'],
  ] as const) {
    await anna.open(path);
    await anna.look(screen);
  }
}
