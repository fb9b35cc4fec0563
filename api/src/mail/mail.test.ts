import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readMessage, SmtpInbox } from '../testing/smtp-inbox.ts';
import { temporaryDataDirectory, type TemporaryDirectory } from '../testing/temporary-directory.ts';
import { cookieOf, TestApi, testOrigin, type Answer, type Person } from '../testing/test-api.ts';

const soon = { timeout: 20_000 };
const password = 'correct horse';

/** What a link is made of, as the page behind it reads it. */
const tokenOf = (link: string): string => link.split('#')[1] ?? '';

describe('mails by a server', { timeout: 30_000 }, () => {
  let inbox: SmtpInbox;
  let api: TestApi;

  beforeAll(async () => {
    inbox = await SmtpInbox.start();
    api = await TestApi.start({ publicUrl: testOrigin, mail: { smtpUrl: inbox.url, from: null } });
  }, 60_000);

  afterAll(async () => {
    await api.dispose();
    await inbox.close();
  });

  beforeEach(() => {
    inbox.mails.length = 0;
  });

  const ask = (kind: string, email: string, language = 'en', cookie?: string): Promise<Answer> =>
    api.call('POST', '/api/v1/mails', {
      body: { kind, email, language },
      ...(cookie === undefined ? {} : { headers: { cookie } }),
    });

  const receive = async (kind: string, email: string, language?: string): Promise<string> => {
    inbox.mails.length = 0;
    expect((await ask(kind, email, language)).code()).toBeNull();
    const received = () => inbox.mails.find(({ to, link }) => to === email && link.includes(kind));
    await expect.poll(received, soon).toMatchObject({ from: 'trolley@trolley.test' });
    return received()?.link ?? '';
  };

  const redeem = (path: string, link: string, guest?: Person): Promise<Answer> =>
    api.call('POST', `/api/auth${path}`, {
      body: { token: tokenOf(link) },
      ...(guest === undefined ? {} : { headers: { cookie: guest.cookie } }),
    });

  const signUp = (email: string, guest?: Person): Promise<Answer> =>
    api.call('POST', '/api/auth/sign-up/email', {
      body: { email, password, name: 'Somebody' },
      ...(guest === undefined ? {} : { headers: { cookie: guest.cookie } }),
    });

  const signIn = async (email: string, secret: string): Promise<number> =>
    (await api.call('POST', '/api/auth/sign-in/email', { body: { email, password: secret } })).status;

  it('S61 a link signs in once, by POST alone, in the language of the reader', async () => {
    const link = await receive('sign-in', 'ruth@example.org', 'de');
    expect(link).toMatch(/^http:\/\/trolley\.test:3000\/mail\/sign-in#\w+$/);
    expect(inbox.mails[0]?.source).toContain('Dein Link zu Trolley');
    const looked = await api.call('GET', `/api/auth/magic-link/verify?token=${tokenOf(link)}`);
    expect(looked.status).toBe(404);
    const answer = await redeem('/magic-link/verify', link);
    expect(answer.status, answer.text).toBe(200);
    expect(answer.headers.getSetCookie().join()).toContain('SameSite=Lax');
    const ruth = await api.person(cookieOf(answer));
    expect((await ruth.call('GET', '/api/v1/me')).data()).toMatchObject({ name: 'ruth', email: 'ruth@example.org' });
    const again = await redeem('/magic-link/verify', link);
    expect([again.status, again.text]).toEqual([400, '{"code":"INVALID_TOKEN"}']);
  });

  it('S16 a guest who opens a link keeps lists, member id and name', async () => {
    const guest = await api.guest('Grandma');
    const list = 'BBBBBBBBBBBBBBBBBBBB1Q';
    await guest.call('PUT', `/api/v1/lists/${list}`);
    const answer = await redeem('/magic-link/verify', await receive('sign-in', 'grandma@example.org'), guest);
    const account = await api.person(cookieOf(answer));
    expect((await account.call('GET', '/api/v1/me')).data()).toMatchObject({
      memberId: guest.memberId,
      name: 'Grandma',
      isGuest: false,
      email: 'grandma@example.org',
    });
    expect((await account.call('GET', '/api/v1/lists')).data()).toMatchObject([{ list, role: 'owner' }]);
  });

  it('S17 a guest who opens a link of an account brings everything along, and the account stays who it was', async () => {
    const first = await redeem('/magic-link/verify', await receive('sign-in', 'dad@example.org'));
    const dad = await api.person(cookieOf(first));
    await dad.call('PATCH', '/api/v1/me', { name: 'Dad' });
    const guest = await api.guest('Phone of Dad');
    const list = 'BBBBBBBBBBBBBBBBBBBB2Q';
    await guest.call('PUT', `/api/v1/lists/${list}`);
    const second = await redeem('/magic-link/verify', await receive('sign-in', 'Dad@example.org'.toLowerCase()), guest);
    const merged = await api.person(cookieOf(second));
    expect((await merged.call('GET', '/api/v1/me')).data()).toMatchObject({ name: 'Dad', memberId: dad.memberId });
    expect((await merged.call('GET', '/api/v1/lists')).data()).toMatchObject([{ list, role: 'owner' }]);
  });

  it('S61 answers the same for every address, and writes to nobody who has no account of theirs', async () => {
    await signUp('known@example.org');
    const answers = [
      await ask('reset-password', 'known@example.org'),
      await ask('reset-password', 'nobody@example.org'),
    ];
    const told = answers.map(({ text }) => text.replace(/"timestamp":"[^"]*"/, ''));
    expect(told[0]).toBe(told[1]);
    await expect.poll(() => inbox.mails.map(({ to }) => to), soon).toEqual(['known@example.org']);
    // Mails leave in the order in which they are asked for: what comes next shows that there was none to nobody.
    await ask('sign-in', 'next@example.org');
    await expect.poll(() => inbox.mails.map(({ to }) => to), soon).toEqual(['known@example.org', 'next@example.org']);
  });

  it('S61 a new password comes by a link that works once, and ends every session of before', async () => {
    const session = await api.person(cookieOf(await signUp('forgetful@example.org')));
    const link = await receive('reset-password', 'forgetful@example.org');
    const choose = (newPassword: string): Promise<Answer> =>
      api.call('POST', '/api/auth/reset-password', { body: { token: tokenOf(link), newPassword } });
    expect((await choose('short')).status).toBe(400);
    expect((await choose('battery staple')).status).toBe(200);
    expect((await choose('another one')).status).toBe(400);
    expect([
      await signIn('forgetful@example.org', password),
      await signIn('forgetful@example.org', 'battery staple'),
    ]).toEqual([401, 200]);
    expect((await session.call('GET', '/api/v1/me')).code()).toBe('unauthenticated');
  });

  it('S61 an address is confirmed by a link; a sign-in by mail then leaves the password as it is', async () => {
    await signUp('mine@example.org');
    expect((await redeem('/verify-email', await receive('verify-address', 'mine@example.org'))).status).toBe(200);
    expect((await redeem('/magic-link/verify', await receive('sign-in', 'mine@example.org'))).status).toBe(200);
    expect(await signIn('mine@example.org', password)).toBe(200);
  });

  it('S61 whoever proves an address takes out what somebody else has prepared under it', async () => {
    const squatter = await api.person(cookieOf(await signUp('victim@example.org')));
    expect((await redeem('/magic-link/verify', await receive('sign-in', 'victim@example.org'))).status).toBe(200);
    expect(await signIn('victim@example.org', password)).toBe(401);
    expect((await squatter.call('GET', '/api/v1/me')).code()).toBe('unauthenticated');
  });

  it.each([
    ['no body', undefined],
    ['no token', {}],
    ['a token of another kind', { token: 7 }],
    ['an endless token', { token: 'x'.repeat(2_001) }],
    ['a made-up token', { token: 'x' }],
    ['a token with signs of a query', { token: 'x&callbackURL=https://evil.example' }],
  ])('S61 refuses %s', async (_what, body) => {
    for (const path of ['/magic-link/verify', '/verify-email']) {
      const answer = await api.call('POST', `/api/auth${path}`, { body });
      expect([400, 401], answer.text).toContain(answer.status);
      expect(answer.headers.get('location')).toBeNull();
    }
  });

  it.each([
    ['no address', { kind: 'sign-in', email: 'nobody', language: 'en' }],
    ['two addresses', { kind: 'sign-in', email: 'a@example.org, b@example.org', language: 'en' }],
    ['a header', { kind: 'sign-in', email: 'a@example.org\r\nBcc: b@example.org', language: 'en' }],
    ['another language', { kind: 'sign-in', email: 'a@example.org', language: 'tlh' }],
    ['another kind', { kind: 'advertisement', email: 'a@example.org', language: 'en' }],
  ])('S61 sends nothing for %s', async (_what, body) => {
    expect((await api.call('POST', '/api/v1/mails', { body })).code()).toBe('bad-request');
  });

  it('S24 limits mails to one reader, whoever asks', async () => {
    const answers: (string | null)[] = [];
    for (let count = 0; count < 6; count += 1)
      answers.push((await ask('reset-password', 'flooded@example.org')).code());
    expect(answers).toEqual([null, null, null, null, null, 'rate-limited']);
  });

  it('S24 limits mails that one account asks for', async () => {
    const own = await TestApi.start({ rateLimits: { mailsOfAccount: { calls: 1, windowSeconds: 60 } } });
    const guest = await own.guest();
    const wanted = (email: string) =>
      guest.call('POST', '/api/v1/mails', { kind: 'reset-password', email, language: 'en' });
    expect([(await wanted('a@example.org')).code(), (await wanted('b@example.org')).code()]).toEqual([
      null,
      'rate-limited',
    ]);
    await own.dispose();
  });

  it('S60 a reader whom the mail server refuses is not asked for again', async () => {
    inbox.answerToReader = '550 No such user';
    expect((await ask('sign-in', 'gone@example.org')).code()).toBeNull();
    await expect.poll(() => api.logLines.join(''), soon).toContain('does not take mail for the address');
    inbox.answerToReader = '250 OK';
    expect(api.logLines.join('')).not.toContain('gone@example.org');
  });

  it('S27 no line of the log holds a secret of a link', async () => {
    const link = await receive('sign-in', 'quiet@example.org');
    await redeem('/magic-link/verify', link);
    expect(api.logLines.join('')).not.toContain(tokenOf(link));
    expect(api.logLines.join('')).not.toContain('quiet@example.org');
  });
});

describe('mails without a server', { timeout: 30_000 }, () => {
  let directory: TemporaryDirectory;
  let api: TestApi;
  const folder = (): string => join(directory.path, 'mail');

  beforeEach(async () => {
    directory = await temporaryDataDirectory();
    api = await TestApi.start({ dataDir: directory.path });
  }, 60_000);

  afterEach(async () => {
    await api.dispose();
    directory.remove();
  });

  const ask = () =>
    api.call('POST', '/api/v1/mails', { body: { kind: 'sign-in', email: 'ruth@example.org', language: 'en' } });

  it('S60 are files for the owner of the folder alone, named in the log', async () => {
    expect((await ask()).code()).toBeNull();
    await expect.poll(() => api.logLines.join(''), soon).toMatch(/"file":"[^"]*\.eml"/);
    const [name = ''] = readdirSync(folder());
    const file = join(folder(), name);
    expect(api.logLines.join('')).toContain(file);
    expect([statSync(folder()).mode & 0o777, statSync(file).mode & 0o777]).toEqual([0o700, 0o600]);
    const { link, source } = readMessage(readFileSync(file, 'utf8'));
    expect(source).toContain('To: ruth@example.org');
    expect(link).toMatch(/^http:\/\/trolley\.test:3000\/mail\/sign-in#/);
    expect(api.logLines.join('')).not.toContain(tokenOf(link));
  });

  it('S60 wait for the folder when it cannot be written', async () => {
    writeFileSync(folder(), 'in the way');
    expect((await ask()).code()).toBeNull();
    await expect.poll(() => api.logLines.join(''), soon).toContain('a mail could not leave');
  });
});
