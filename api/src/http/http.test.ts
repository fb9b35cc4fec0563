import { randomBytes } from 'node:crypto';
import { createListId, errorTable } from '@trolley/shared/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ListWriter } from '../testing/list-writer.ts';
import { cookieOf, TestApi, testOrigin, type Person } from '../testing/test-api.ts';
import { failureSchema } from './envelope.ts';

const nasty = [
  "Robert'); drop table members; --",
  '<script>alert(1)</script>',
  '"; select pg_sleep(10); --',
  '${process.exit()} {{7*7}}',
  '👩‍👩‍👧 Ünïcode \u202e right to left',
];

describe('the HTTP surface', { timeout: 30_000 }, () => {
  let api: TestApi;
  let person: Person;

  beforeAll(async () => {
    api = await TestApi.start();
    person = await api.guest();
  }, 60_000);

  afterAll(async () => {
    await api.dispose();
  });

  it.each(nasty)('S22 stores a name as it was given: %s', async (name) => {
    expect((await person.call('PATCH', '/api/v1/me', { name: `  ${name} ` })).data()).toMatchObject({ name });
    expect((await person.call('GET', '/api/v1/me')).data()).toMatchObject({ name });
  });

  it.each([
    ['no object', '[]'],
    ['no JSON', '{"name":'],
    ['an empty name', { name: '   ' }],
    ['an endless name', { name: 'x'.repeat(41) }],
    ['a NUL in a name', { name: 'a\u0000b' }],
    ['half a character in a name', { name: 'a\ud800' }],
    ['a number for a name', { name: 7 }],
    ['a colour that is none', { color: 16 }],
    ['a member id that is none', { memberId: "x'; --" }],
  ])('S22 refuses %s and changes nothing', async (_, body) => {
    const before = (await person.call('GET', '/api/v1/me')).data();
    expect((await person.call('PATCH', '/api/v1/me', body)).code()).toBe('bad-request');
    expect((await person.call('GET', '/api/v1/me')).data()).toEqual(before);
  });

  it('S22 names the field that is wrong', async () => {
    const { text } = await person.call('PATCH', '/api/v1/me', { color: -1 });
    const { error } = failureSchema.parse(JSON.parse(text));
    expect(error.details).toMatchObject([{ field: 'color' }]);
  });

  it.each(["x'; drop table lists; --", '%00', '..%2f..%2fetc', 'x'.repeat(23)])(
    'S22 refuses %s as a list id',
    async (id) => {
      expect((await person.call('PUT', `/api/v1/lists/${encodeURIComponent(id)}`)).code()).toBe('bad-request');
    },
  );

  it('S22 refuses a body that is larger than it can be, read or not', async () => {
    const body = { name: 'x'.repeat(20_000) };
    expect((await person.call('PATCH', '/api/v1/me', body)).code()).toBe('too-large');
    const list = createListId(randomBytes);
    const push = { epoch: 0, update: 'A'.repeat(2_000_000) };
    const answer = await person.call('POST', `/api/v1/lists/${list}/updates`, push);
    expect([answer.code(), answer.status]).toEqual(['too-large', 413]);
  });

  it('S23 refuses what another site makes a browser send, with better-auth too', async () => {
    const list = createListId(randomBytes);
    const headers = { cookie: person.cookie };
    for (const origin of ['http://evil.example', 'null', null]) {
      const put = await api.call('PUT', `/api/v1/lists/${list}`, { origin, headers });
      expect([put.code(), put.status]).toEqual(['forbidden', 403]);
      expect((await api.call('POST', '/api/auth/sign-out', { origin, headers, body: {} })).status).toBe(403);
    }
    expect((await person.call('GET', `/api/v1/lists`)).data()).toEqual([]);
    expect((await person.call('GET', '/api/v1/me')).code()).toBeNull();
  });

  it('S23 works under whatever name it is reached by, and takes that one only', async () => {
    for (const origin of ['http://localhost:3000', 'http://192.168.1.7:3000', 'http://[fd00::7]:3000']) {
      const headers = { origin, 'content-type': 'application/json' };
      const request = { method: 'POST', body: '{}', headers };
      expect((await api.api.app.request(`${origin}/api/auth/sign-in/anonymous`, request)).status).toBe(200);
      expect((await api.api.app.request(`${testOrigin}/api/auth/sign-in/anonymous`, request)).status).toBe(403);
    }
  });

  it('S25 answers everything in one envelope', async () => {
    const success = z.strictObject({
      success: z.literal(true),
      data: z.unknown(),
      message: z.string(),
      timestamp: z.iso.datetime(),
    });
    expect(success.safeParse(JSON.parse((await person.call('GET', '/api/v1/me')).text)).success).toBe(true);
    const refused = [
      await api.call('GET', '/api/v1/me'),
      await person.call('GET', '/api/v1/nowhere'),
      await person.call('GET', '/api/auth/nowhere'),
      await person.call('POST', '/api/auth/delete-user', {}),
      await person.call('GET', '/api/auth/list-sessions'),
      await person.call('POST', '/api/auth/update-user', { name: 'x'.repeat(1_000) }),
      await person.call('GET', '/api/nowhere'),
    ];
    for (const answer of refused) {
      const { error } = failureSchema.parse(JSON.parse(answer.text));
      expect(errorTable[error.code].status).toBe(answer.status);
    }
    expect(refused.map((answer) => answer.status)).toEqual([401, 404, 404, 404, 404, 404, 404]);
  });

  it('S25 protects its answers', async () => {
    const { headers } = await person.call('GET', '/api/v1/me');
    expect(Object.fromEntries(headers)).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it('S27 logs what was asked by its template, and no token, cookie, name or body', async () => {
    api.logLines.length = 0;
    const password = `secret-${randomBytes(8).toString('hex')}`;
    const body = { email: 'log@example.org', password, name: 'Nobody Knows' };
    const cookie = cookieOf(await api.call('POST', '/api/auth/sign-up/email', { body }));
    const reader = await api.person(cookie);
    const list = createListId(randomBytes);
    await reader.call('PUT', `/api/v1/lists/${list}`);
    const update = Buffer.from(new ListWriter().create('Secret title')).toString('base64');
    await reader.call('POST', `/api/v1/lists/${list}/updates`, { epoch: 0, update });
    await reader.call('POST', `/api/v1/lists/${list}/updates`, { epoch: 0, update: 'AQID' });
    await api.call('POST', '/api/auth/sign-in/email', { body: { ...body, password: 'not the password' } });
    const log = api.logLines.join('');
    expect(log).toContain('"path":"/api/v1/lists/:list/updates","status":422');
    expect(log).toContain('"path":"/api/auth/sign-up/email","status":200');
    const [, token = ''] = cookie.split('=');
    for (const secret of [
      password,
      'log@example.org',
      token,
      token.split('.')[0] ?? '',
      'Nobody Knows',
      list,
      update,
    ]) {
      expect(log).not.toContain(secret);
    }
  });
});
