import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { Trolley } from '../src/start-trolley.ts';
import { expectAccessible } from './expect-accessible.ts';
import { expect, test } from './fixtures.ts';
import { ListPage } from './list-page.ts';

/** The link of the mail to an address that comes as the first, second …, which a server without a mail server keeps as a file. */
async function readLink(trolley: Trolley, email: string, ordinal = 1): Promise<string> {
  const wanted = () => mails(trolley).filter((mail) => mail.includes(`To: ${email}`))[ordinal - 1] ?? '';
  await expect.poll(wanted).toMatch(/#/);
  return /http:\/\/\S+#[\w.-]+/.exec(wanted())?.[0] ?? '';
}

function mails(trolley: Trolley): string[] {
  return [...trolley.output().matchAll(/"file":"([^"]*\.eml)"/g)].map(([, file = '']) =>
    readFileSync(file, 'utf8').replaceAll('=\n', '').replaceAll('=3D', '='),
  );
}

async function askForLink(page: Page, email: string): Promise<void> {
  await page.goto('/account');
  await page.getByRole('textbox', { name: 'Email' }).fill(email);
  await page.getByRole('button', { name: 'Send me a link' }).click();
  await expect(page.getByRole('heading', { name: 'Look into your mail' })).toBeVisible();
}

function newAddress(name: string): string {
  return `${name}-${crypto.randomUUID().slice(0, 8)}@example.org`;
}

test('W30, W31 a guest keeps everything by a link in a mail, and has it on the next phone', async ({
  newPhone,
  trolley,
}) => {
  const email = newAddress('anna');
  const anna = new ListPage(await newPhone());
  await anna.begin();
  await anna.add('milk');
  await anna.isSaved();
  await anna.page.goto('/account');
  await askForLink(anna.page, email);
  const link = await readLink(trolley, email);

  // As a program does that looks at what the links of mails lead to.
  const scanner = await newPhone();
  await scanner.goto(link);
  await expect(scanner.getByRole('button', { name: 'Open my lists here' })).toBeVisible();

  await anna.page.goto(link);
  await anna.page.getByRole('button', { name: 'Open my lists here' }).click();
  await anna.page.getByRole('link', { name: /Owner/ }).click();
  await expect(anna.checkbox('milk')).toBeEnabled();
  await anna.add('bread');
  await anna.isSaved();
  await anna.page.goto('/account');
  await expect(anna.page.getByRole('heading', { name: `Signed in as ${email}` })).toBeVisible();

  await scanner.getByRole('button', { name: 'Open my lists here' }).click();
  await expect(scanner.getByText('This link has been used already')).toBeVisible();
  await askForLink(scanner, email);
  await scanner.goto(await readLink(trolley, email, 2));
  await scanner.getByRole('button', { name: 'Open my lists here' }).click();
  const other = new ListPage(scanner);
  await scanner.getByRole('link', { name: /Owner/ }).click();
  await expect(other.checkbox('bread')).toBeVisible();
});

test('W30, W31 a forgotten password is chosen anew, and an address confirmed, by mail', async ({
  newPhone,
  trolley,
}) => {
  const email = newAddress('ben');
  const page = await newPhone();
  const signIn = async (password: string) => {
    await page.getByRole('textbox', { name: 'Email' }).fill(email);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  };
  await page.goto('/account');
  await page.getByRole('button', { name: 'Use a password' }).click();
  await page.getByRole('textbox', { name: 'Email' }).fill(email);
  await page.getByLabel('Password').fill('correct horse');
  await page.getByRole('button', { name: 'Sign up' }).click();
  await expect(page.getByRole('heading', { name: `Signed in as ${email}` })).toBeVisible();
  await page.goto(await readLink(trolley, email));
  await page.getByRole('button', { name: 'Yes, it is mine' }).click();
  await expect(page.getByText('your address is confirmed')).toBeVisible();
  await expectAccessible(page);
  await page.goto('/account');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('button', { name: 'New list' })).toBeVisible();

  await page.goto('/account');
  await page.getByRole('button', { name: 'I have an account' }).click();
  await page.getByRole('button', { name: 'Use a password' }).click();
  await signIn('wrong horse');
  await expect(page.getByText('don’t fit together')).toBeVisible();
  await page.getByRole('button', { name: 'Forgot the password?' }).click();
  await expect(page.getByRole('heading', { name: 'Look into your mail' })).toBeVisible();
  await page.goto(await readLink(trolley, email, 2));
  await page.getByLabel('Password').fill('battery staple');
  await page.getByRole('button', { name: 'Save the new password' }).click();
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'I have an account' }).click();
  await page.getByRole('button', { name: 'Use a password' }).click();
  await signIn('battery staple');
  await expect(page.getByRole('heading', { name: `Signed in as ${email}` })).toBeVisible();
});

test('W30 a guest keeps everything by a passkey, and has it on the next phone', async ({ newPhone, trolley }) => {
  // A passkey belongs to a host with a name.
  const baseURL = trolley.url.replace('127.0.0.1', 'localhost');
  const page = await newPhone({ baseURL });
  const keys = await addAuthenticator(page);
  const anna = new ListPage(page);
  await anna.begin();
  await anna.add('milk');
  await anna.isSaved();
  await page.goto('/account');
  await page.getByRole('button', { name: 'Keep them with a passkey' }).click();
  await expect(page.getByRole('heading', { name: 'Signed in', exact: true })).toBeVisible();
  await expect(page.getByText(/^Since/)).toBeVisible();
  await expect(page.getByRole('button', { name: /^Remove the passkey/ })).toHaveCount(0);
  await expectAccessible(page);
  const { credentials } = await keys.session.send('WebAuthn.getCredentials', { authenticatorId: keys.authenticatorId });
  expect(credentials).toHaveLength(1);

  const next = await newPhone({ baseURL });
  const nextKeys = await addAuthenticator(next);
  await next.goto('/account');
  await next.getByRole('button', { name: 'I have an account' }).click();
  await next.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expect(next.getByText('No passkey was used')).toBeVisible();
  for (const credential of credentials) {
    await nextKeys.session.send('WebAuthn.addCredential', { authenticatorId: nextKeys.authenticatorId, credential });
  }
  await next.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expect(next.getByRole('heading', { name: 'Signed in', exact: true })).toBeVisible();
  await next.goto('/');
  await next.getByRole('link', { name: /Owner/ }).click();
  await expect(new ListPage(next).checkbox('milk')).toBeEnabled();
});

/** A phone's own keeper of passkeys, which says yes as a person would. */
async function addAuthenticator(page: Page) {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { session, authenticatorId };
}

test('W30 without a network nothing is lost, and it is said', async ({ newPhone }) => {
  const page = await newPhone();
  await page.goto('/account');
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.context().setOffline(true);
  await page.getByRole('textbox', { name: 'Email' }).fill('anna@example.org');
  await page.getByRole('button', { name: 'Send me a link' }).click();
  await expect(page.getByText('The server can’t be reached')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Email' })).toHaveValue('anna@example.org');
});

test('W30 signing out takes the list off other tabs', async ({ newPhone }) => {
  const page = await newPhone();
  const anna = new ListPage(page);
  await anna.begin();
  await anna.add('milk');
  await anna.isSaved();
  const list = page.url();
  await page.goto('/account');
  await page.getByRole('button', { name: 'Use a password' }).click();
  await page.getByRole('textbox', { name: 'Email' }).fill(newAddress('cleo'));
  await page.getByLabel('Password').fill('correct horse');
  await page.getByRole('button', { name: 'Sign up' }).click();
  await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible();

  const other = await page.context().newPage();
  await other.goto(list);
  await new ListPage(other).isSaved();
  await page.getByRole('button', { name: 'Sign out' }).click();
  // A page that is closed on its way to another can keep the browser from closing at all.
  for (const tab of [page, other])
    await expect(tab.getByRole('heading', { name: 'One list. Everyone’s trolley.' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'One list. Everyone’s trolley.' })).toBeVisible();
});
