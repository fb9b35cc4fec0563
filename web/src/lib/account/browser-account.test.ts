import { beforeEach, describe, expect, it, vi } from 'vitest';
import { TrolleyError } from '@trolley/shared/protocol';
import { createTabLocks } from '@trolley/shared/sync';
import { BrowserAccount } from './browser-account.svelte.ts';
import { profileKey } from './profile.ts';

interface Call {
  method: string;
  path: string;
  body: unknown;
}

/** An api of answers by `METHOD path`, which notes what it is asked. */
function stubApi(answers: Readonly<Record<string, (body: unknown) => { status: number; body: unknown }>>) {
  const calls: Call[] = [];
  vi.stubGlobal('fetch', (path: string, init: { method: string; body?: string }) => {
    const body: unknown = init.body === undefined ? undefined : JSON.parse(init.body);
    calls.push({ method: init.method, path, body });
    const answer = answers[`${init.method} ${path}`];
    if (answer === undefined) return Promise.reject(new TypeError('Failed to fetch'));
    const { status, body: answered } = answer(body);
    return Promise.resolve(new Response(JSON.stringify(answered), { status }));
  });
  return calls;
}

const ok = (data: unknown) => ({ status: 200, body: { success: true, data } });
const refused = (status: number, code: string) => ({
  status,
  body: { success: false, error: { code, message: code } },
});
const guest = { userId: 'u1', memberId: 'AAAAAAAA', name: 'Guest', color: 3, isGuest: true, email: null };

/** The part of a browser's storage that the profile uses. */
class PhoneMemory implements Storage {
  readonly #values = new Map<string, string>();

  get length(): number {
    return this.#values.size;
  }

  key(index: number): string | null {
    return [...this.#values.keys()][index] ?? null;
  }

  getItem(key: string): string | null {
    return this.#values.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.#values.set(key, value);
  }

  removeItem(key: string): void {
    this.#values.delete(key);
  }

  clear(): void {
    this.#values.clear();
  }
}

let phone: PhoneMemory;
let seed: number;

function createAccount(onSignedOutElsewhere: () => void = () => undefined): BrowserAccount {
  const randomBytes = (length: number) => new Uint8Array(length).fill(++seed);
  return new BrowserAccount({ storage: phone, locks: createTabLocks(), randomBytes, onSignedOutElsewhere });
}

/** What the browser tells the other tabs of a change. */
function tellTabs(): void {
  window.dispatchEvent(Object.assign(new Event('storage'), { key: profileKey }));
}

beforeEach(() => {
  phone = new PhoneMemory();
  seed = 0;
  vi.stubGlobal('window', new EventTarget());
});

describe('W15 the account of this phone', () => {
  it('W15 is nobody for the server before the first edit, and the same person after a reload', () => {
    const calls = stubApi({});
    const first = createAccount();
    expect(first.hasSession).toBe(false);
    expect(createAccount().memberId).toBe(first.memberId);
    expect(calls).toEqual([]);
  });

  it('W15 becomes a guest once, under the member id that the phone has drawn', async () => {
    const calls = stubApi({
      'GET /api/auth/get-session': () => ({ status: 200, body: null }),
      'POST /api/auth/sign-in/anonymous': () => ({ status: 200, body: {} }),
      'PATCH /api/v1/me': (body) => ok({ ...guest, ...Object(body) }),
    });
    const account = createAccount();
    const { memberId } = account;
    await Promise.all([account.ensureSession(), account.ensureSession()]);
    expect(account).toMatchObject({ hasSession: true, memberId, profile: { name: '', userId: 'u1' } });
    expect(calls.filter(({ path }) => path.endsWith('/anonymous'))).toHaveLength(1);
    expect(createAccount().hasSession).toBe(true);
  });

  it('W15 takes another member id where its own belongs to a session that was lost', async () => {
    let isFirst = true;
    stubApi({
      'GET /api/auth/get-session': () => ({ status: 200, body: null }),
      'POST /api/auth/sign-in/anonymous': () => ({ status: 200, body: {} }),
      'PATCH /api/v1/me': (body) => {
        if (!isFirst) return ok({ ...guest, ...Object(body) });
        isFirst = false;
        return refused(409, 'already-exists');
      },
    });
    const account = createAccount();
    const { memberId } = account;
    await account.ensureSession();
    expect(account.memberId).not.toBe(memberId);
  });

  it('W15 takes up the session that the cookie holds', async () => {
    const calls = stubApi({
      'GET /api/auth/get-session': () => ({ status: 200, body: { session: {} } }),
      'GET /api/v1/me': () => ok({ ...guest, name: 'Ana', isGuest: false, email: 'ana@example.org' }),
    });
    const account = createAccount();
    await account.ensureSession();
    expect(account.profile).toMatchObject({ name: 'Ana', email: 'ana@example.org', memberId: 'AAAAAAAA' });
    expect(calls).toHaveLength(2);
  });

  it('W15 signs up under a name that fits, however long the address is', async () => {
    const calls = stubApi({
      'GET /api/auth/get-session': () => ({ status: 200, body: { session: {} } }),
      'GET /api/v1/me': () => ok(guest),
      'POST /api/auth/sign-up/email': () => ({ status: 200, body: {} }),
    });
    await createAccount().signUp(`${'ana.'.repeat(15)}@example.org`, 'a long secret');
    const signUp = calls.find(({ path }) => path.endsWith('/sign-up/email'));
    expect(signUp?.body).toMatchObject({ name: 'ana.'.repeat(10) });
  });

  it('W15 never turns a signed-up person whose session ended into a guest', async () => {
    stubApi({
      'GET /api/auth/get-session': () => ({ status: 200, body: { session: {} } }),
      'GET /api/v1/me': () => ok({ ...guest, isGuest: false, email: 'ana@example.org' }),
    });
    const account = createAccount();
    await account.ensureSession();
    account.forgetSession();
    expect(account.mustSignIn).toBe(true);
    stubApi({ 'GET /api/auth/get-session': () => ({ status: 200, body: null }) });
    await expect(account.ensureSession()).rejects.toThrow(TrolleyError);
  });

  it('R23 tells the tabs of somebody who has signed out in another, and no tab of a guest', async () => {
    stubApi({
      'GET /api/auth/get-session': () => ({ status: 200, body: { session: {} } }),
      'GET /api/v1/me': () => ok({ ...guest, isGuest: false, email: 'ana@example.org' }),
      'POST /api/auth/sign-out': () => ({ status: 200, body: {} }),
    });
    const told: string[] = [];
    const [first, second] = ['first', 'second'].map((tab) => createAccount(() => told.push(tab)));
    await first?.ensureSession();
    tellTabs();
    expect(second?.profile.email).toBe('ana@example.org');
    await first?.signOut();
    expect(told).toEqual([]);
    tellTabs();
    tellTabs();
    expect(told).toEqual(['second']);
    phone.clear();
    createAccount();
    tellTabs();
    expect(told).toEqual(['second']);
  });

  it('W15 says unavailable, and keeps the name, without a network', async () => {
    stubApi({});
    const account = createAccount();
    await account.describe({ name: 'Ana' });
    expect(createAccount().profile.name).toBe('Ana');
    await expect(account.ensureSession()).rejects.toMatchObject({ code: 'unavailable' });
    expect(await account.signIn('a@example.org', 'secret')).toBe('unavailable');
  });

  it('W15 tells why a sign-in was refused', async () => {
    stubApi({
      'POST /api/auth/sign-in/email': () => ({ status: 401, body: { code: 'INVALID_EMAIL_OR_PASSWORD' } }),
    });
    expect(await createAccount().signIn('a@example.org', 'secret')).toBe('wrong-credentials');
  });

  it('W15 passes on the codes of the api, and calls an answer without an envelope what it is', async () => {
    stubApi({ 'GET /api/v1/lists': () => refused(429, 'rate-limited') });
    await expect(createAccount().lists()).rejects.toMatchObject({ code: 'rate-limited' });
    stubApi({ 'GET /api/v1/lists': () => ({ status: 200, body: '<html>' }) });
    await expect(createAccount().lists()).rejects.toMatchObject({ code: 'internal' });
    stubApi({ 'GET /api/v1/lists': () => ({ status: 502, body: '<html>' }) });
    await expect(createAccount().lists()).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('W15 ignores a damaged profile', () => {
    phone.setItem('trolley.profile', '{"memberId":"<script>"');
    expect(createAccount().hasSession).toBe(false);
  });
});
