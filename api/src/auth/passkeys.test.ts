import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { TestApi } from '../testing/test-api.ts';
import { confirmAddress, endGuestTime, removePasskeys } from './account-store.ts';
import { insertUser } from '../testing/insert-user.ts';
import { startLogHarness } from '../testing/log-harness.ts';

const optionsSchema = z.object({ challenge: z.string(), rp: z.object({ id: z.string(), name: z.string() }) });

describe('passkeys', { timeout: 60_000 }, () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await TestApi.start({ publicUrl: 'https://lists.trolley.example' });
  }, 60_000);

  afterAll(async () => {
    await api.dispose();
  });

  const headers = (cookie: string) => ({ cookie, 'sec-fetch-site': 'same-origin' });

  it('S62 belong to the host of the public URL, for a guest of any age', async () => {
    const guest = await signInAsGuest();
    const answer = await api.call('GET', '/api/auth/passkey/generate-register-options', { headers: headers(guest) });
    expect(answer.status, answer.text).toBe(200);
    expect(optionsSchema.parse(JSON.parse(answer.text)).rp).toEqual({ id: 'lists.trolley.example', name: 'Trolley' });
  });

  it('S62 are made by nobody without a session, and none is taken that nobody asked for', async () => {
    const path = '/api/auth/passkey';
    expect((await api.call('GET', `${path}/generate-register-options`)).status).toBe(401);
    const guest = await signInAsGuest();
    const made = { response: { id: 'x', rawId: 'x', type: 'public-key', response: {}, clientExtensionResults: {} } };
    for (const call of ['verify-registration', 'verify-authentication']) {
      const answer = await api.call('POST', `${path}/${call}`, { body: made, headers: headers(guest) });
      expect(answer.status, answer.text).toBe(400);
    }
  });

  it('S62 leave somebody who has nothing else the last of them', async () => {
    const guest = await signInAsGuest();
    const path = '/api/auth/passkey/delete-passkey';
    const answer = await api.call('POST', path, { body: { id: 'x' }, headers: headers(guest) });
    expect(answer.code()).toBe('forbidden');
    const nobody = { body: { id: 'x' }, headers: { 'sec-fetch-site': 'same-origin' } };
    expect((await api.call('POST', path, nobody)).status).toBe(401);
  });

  async function signInAsGuest(): Promise<string> {
    const body = {};
    const answer = await api.call('POST', '/api/auth/sign-in/anonymous', {
      body,
      headers: { 'sec-fetch-site': 'same-origin' },
    });
    return answer.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ');
  }

  it('S62 end the time as a guest, and go when somebody else proves the address', async () => {
    const harness = await startLogHarness(null);
    const { sql } = harness.database;
    const userId = await insertUser(harness.database);
    const addPasskey = () => sql`
      insert into passkey (id, "publicKey", "userId", "credentialID", counter, "deviceType", "backedUp")
      values ('p', 'k', ${userId}, 'c', 0, 'multiDevice', true)`;
    const count = async () => (await sql`select from passkey`).count;
    await sql`update "user" set "isAnonymous" = true, "emailVerified" = false where id = ${userId}`;
    await addPasskey();
    await endGuestTime(harness.database, userId);
    expect(await sql`select "isAnonymous" from "user" where id = ${userId}`).toEqual([{ isAnonymous: false }]);
    await confirmAddress(harness.database, userId);
    expect(await count()).toBe(0);
    await addPasskey();
    await confirmAddress(harness.database, userId);
    expect(await count()).toBe(1);
    await removePasskeys(harness.database, userId);
    expect(await count()).toBe(0);
    await harness.dispose();
  });
});
