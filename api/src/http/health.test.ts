import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestApi, type Person } from '../testing/test-api.ts';

describe('without its store', { timeout: 30_000 }, () => {
  let api: TestApi;
  let person: Person;

  beforeAll(async () => {
    api = await TestApi.start();
    person = await api.guest();
    expect((await api.call('GET', '/readyz')).status).toBe(200);
    await api.api.dispose();
  }, 60_000);

  afterAll(async () => {
    await api.dispose();
  });

  it('S28 is alive but not ready', async () => {
    expect((await api.call('GET', '/healthz')).status).toBe(200);
    expect((await api.call('GET', '/readyz')).status).toBe(503);
  });

  it('S28 says that it is unavailable, and never that somebody is signed out', async () => {
    const answer = await person.call('GET', '/api/v1/me');
    expect([answer.status, answer.code()]).toEqual([503, 'unavailable']);
    expect(answer.headers.getSetCookie()).toEqual([]);
    const handshake = api.api.log.authenticate({ cookie: person.cookie });
    await expect(handshake).rejects.toMatchObject({ code: 'unavailable' });
    await expect(api.api.log.heads([])).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('about to end', { timeout: 30_000 }, () => {
  it('S45 says that it takes nothing more, and answers all the same', async () => {
    const api = await TestApi.start();
    const person = await api.guest();
    api.api.retire();
    expect((await api.call('GET', '/healthz')).status).toBe(200);
    expect((await api.call('GET', '/readyz')).status).toBe(503);
    expect((await person.call('GET', '/api/v1/me')).status).toBe(200);
    await api.dispose();
  });
});
