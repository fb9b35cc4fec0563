import { memberIdSchema } from '../http/fields.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { cookieOf, TestApi, type Person } from '../testing/test-api.ts';

const password = 'correct horse';

describe('accounts', { timeout: 30_000 }, () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await TestApi.start();
  }, 60_000);

  afterAll(async () => {
    await api.dispose();
  });

  async function signUp(email: string, guest?: Person, name = 'Signed up'): Promise<Person> {
    const headers: Record<string, string> = guest === undefined ? {} : { cookie: guest.cookie };
    const answer = await api.call('POST', '/api/auth/sign-up/email', { body: { email, password, name }, headers });
    expect(answer.status, answer.text).toBe(200);
    return api.person(cookieOf(answer));
  }

  async function signIn(email: string, guest?: Person): Promise<Person> {
    const headers: Record<string, string> = guest === undefined ? {} : { cookie: guest.cookie };
    const answer = await api.call('POST', '/api/auth/sign-in/email', { body: { email, password }, headers });
    expect(answer.status, answer.text).toBe(200);
    return api.person(cookieOf(answer));
  }

  const newList = async (person: Person, list: string): Promise<void> => {
    expect((await person.call('PUT', `/api/v1/lists/${list}`)).status).toBe(200);
  };
  const me = async (person: Person): Promise<unknown> => (await person.call('GET', '/api/v1/me')).data();

  it('S15 makes a guest without a name, an email or a password', async () => {
    const answer = await api.call('POST', '/api/auth/sign-in/anonymous', { body: {} });
    const [cookie = ''] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^trolley\.session_token=.*; Max-Age=34560000; Path=\/; HttpOnly; SameSite=Lax$/);
    const guest = await api.person(cookieOf(answer));
    expect(memberIdSchema.safeParse(guest.memberId).success).toBe(true);
    expect(await me(guest)).toMatchObject({ name: 'Guest', isGuest: true, email: null });
  });

  it('S15 knows nobody without a session, with a made-up one, and after signing out', async () => {
    expect((await api.call('GET', '/api/v1/me')).code()).toBe('unauthenticated');
    const forged = { cookie: 'trolley.session_token=abc.def', authorization: 'Bearer abc.def' };
    expect((await api.call('GET', '/api/v1/me', { headers: forged })).code()).toBe('unauthenticated');
    const guest = await api.guest();
    expect((await guest.call('POST', '/api/auth/sign-out', {})).status).toBe(200);
    expect((await guest.call('GET', '/api/v1/me')).code()).toBe('unauthenticated');
  });

  it('S63 tells the relays which session has ended, and of a guest who became an account that all have', async () => {
    const guest = await api.guest();
    const session = await api.api.log.authenticate({ cookie: guest.cookie });
    api.events.length = 0;
    await guest.call('POST', '/api/auth/sign-out', {});
    expect(session?.sessionId).toMatch(/\w/);
    expect(api.events).toEqual([{ kind: 'signed-out', userId: guest.userId, sessionId: session?.sessionId }]);
    const other = await api.guest();
    api.events.length = 0;
    await signUp('ended@example.org', other);
    expect(api.events).toContainEqual({ kind: 'signed-out', userId: other.userId, sessionId: null });
  });

  it('S15 prolongs a session that is used, once a day, and tells the browser; a handshake of a socket does not', async () => {
    const guest = await api.guest();
    const cookies = async () => (await guest.call('GET', '/api/v1/me')).headers.getSetCookie();
    expect(await cookies()).toEqual([]);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 2 * 24 * 60 * 60 * 1000 });
    try {
      expect(await api.api.log.authenticate({ cookie: guest.cookie })).toMatchObject({
        identity: { userId: guest.userId },
      });
      expect(await cookies()).toEqual([expect.stringContaining('Max-Age=34560000')]);
      expect(await cookies()).toEqual([]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('S15 takes the session as a bearer token too', async () => {
    const answer = await api.call('POST', '/api/auth/sign-in/anonymous', { body: {}, origin: null });
    const token = answer.headers.get('set-auth-token') ?? '';
    const headers = { authorization: `Bearer ${decodeURIComponent(token)}` };
    const call = await api.call('PATCH', '/api/v1/me', { body: { name: 'Script' }, origin: null, headers });
    expect(call.data()).toMatchObject({ name: 'Script' });
    expect(await api.api.log.authenticate(headers)).toMatchObject({ identity: { name: 'Script' } });
    expect(await api.api.log.authenticate({})).toBeNull();
  });

  it('S16 leaves a guest who signs up with everything they had', async () => {
    const guest = await api.guest('Grandma');
    await guest.call('PATCH', '/api/v1/me', { color: 11 });
    const list = 'AAAAAAAAAAAAAAAAAAAA1Q';
    await newList(guest, list);
    const archived = { value: true, at: new Date(api.clock.nowMs()).toISOString() };
    await guest.call('PATCH', '/api/v1/lists', { changes: [{ list, archived }] });
    const account = await signUp('grandma@example.org', guest);
    expect(account.userId).not.toBe(guest.userId);
    expect(await me(account)).toMatchObject({
      memberId: guest.memberId,
      name: 'Grandma',
      color: 11,
      isGuest: false,
      email: 'grandma@example.org',
    });
    expect((await account.call('GET', '/api/v1/lists')).data()).toMatchObject([
      { list, role: 'owner', archived: { value: true } },
    ]);
    expect((await account.call('DELETE', `/api/v1/lists/${list}`)).status).toBe(200);
    expect((await guest.call('GET', '/api/v1/me')).code()).toBe('unauthenticated');
  });

  it('S16 takes the name of the sign-up when the guest had none', async () => {
    expect(await me(await signUp('nameless@example.org', await api.guest(), ' Ruth '))).toMatchObject({ name: 'Ruth' });
  });

  it('S17 merges a guest into the account they sign in to, with the higher role of both', async () => {
    const account = await signUp('dad@example.org', undefined, 'Dad');
    const [mine, shared] = ['AAAAAAAAAAAAAAAAAAAA2Q', 'AAAAAAAAAAAAAAAAAAAA3Q'];
    const owner = await api.guest();
    await newList(owner, shared);
    const invite = async (role: string): Promise<string> => {
      const made = await owner.call('POST', `/api/v1/lists/${shared}/invites`, { role });
      return (/"token":"([\w-]+)"/.exec(made.text) ?? [])[1] ?? '';
    };
    await account.call('POST', `/api/v1/invites/${await invite('viewer')}/accept`);
    const guest = await api.guest('Phone of Dad');
    await newList(guest, mine);
    await guest.call('POST', `/api/v1/invites/${await invite('editor')}/accept`);
    api.events.length = 0;
    const merged = await signIn('dad@example.org', guest);
    expect(merged.userId).toBe(account.userId);
    expect(await me(merged)).toMatchObject({ name: 'Dad', memberId: account.memberId });
    expect((await merged.call('GET', '/api/v1/lists')).data()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ list: mine, role: 'owner' }),
        expect.objectContaining({ list: shared, role: 'editor' }),
      ]),
    );
    expect(api.events).toContainEqual({ kind: 'access', list: shared, userId: account.userId, role: 'editor' });
    const again = await signIn('dad@example.org', await api.guest());
    expect((await again.call('GET', '/api/v1/lists')).text).toContain(mine);
  });

  it('S10 serves sign-ups that come at once, each with a guest, on the one connection there is', async () => {
    const guests = await Promise.all([1, 2, 3, 4].map((number) => api.guest(`Guest ${number}`)));
    const accounts = await Promise.all(guests.map((guest, index) => signUp(`at-once-${index}@example.org`, guest)));
    expect(accounts.map(({ memberId }) => memberId)).toEqual(guests.map(({ memberId }) => memberId));
  });

  it('S17 leaves the guest as it was when the password is wrong', async () => {
    await signUp('aunt@example.org');
    const guest = await api.guest('Still here');
    const body = { email: 'aunt@example.org', password: 'wrong horse' };
    expect((await guest.call('POST', '/api/auth/sign-in/email', body)).status).toBe(401);
    expect(await me(guest)).toMatchObject({ name: 'Still here', isGuest: true });
  });

  it('S16 refuses an email that is taken, and leaves nothing of the attempt', async () => {
    await signUp('taken@example.org');
    const guest = await api.guest('Me');
    const body = { email: 'Taken@example.org', password, name: 'x' };
    expect((await guest.call('POST', '/api/auth/sign-up/email', body)).status).toBe(422);
    expect(await me(guest)).toMatchObject({ name: 'Me', isGuest: true });
  });

  it.each([
    ['a short password', { email: 'a@example.org', password: '1234567', name: 'A' }],
    ['an endless password', { email: 'a@example.org', password: 'x'.repeat(129), name: 'A' }],
    ['no email', { email: 'nobody', password, name: 'A' }],
    ['an endless name', { email: 'a@example.org', password, name: 'A'.repeat(41) }],
    ['an empty name', { email: 'a@example.org', password, name: '  ' }],
    ['a member id of their own', { email: 'a@example.org', password, name: 'A', memberId: 'Hacker00' }],
  ])('S15 refuses a sign-up with %s', async (_, body) => {
    const answer = await api.call('POST', '/api/auth/sign-up/email', { body });
    expect(answer.status, answer.text).toBe(400);
  });

  it('S18 lets a member id be chosen once, if it is free', async () => {
    const [first, second] = [await api.guest(), await api.guest()];
    const choose = async (person: Person, memberId: string) =>
      (await person.call('PATCH', '/api/v1/me', { memberId })).code();
    expect(await choose(first, first.memberId)).toBeNull();
    expect(await choose(first, 'Another0')).toBe('forbidden');
    expect(await choose(second, first.memberId)).toBe('forbidden');
    const raw = await api.call('POST', '/api/auth/sign-in/anonymous', { body: {} });
    const third = await api.person(cookieOf(raw));
    expect(await choose(third, first.memberId)).toBe('already-exists');
    expect(await choose(third, 'Chosen00')).toBeNull();
    expect(await me(third)).toMatchObject({ memberId: 'Chosen00' });
  });
});
