import { randomBytes } from 'node:crypto';
import { createListId } from '@trolley/shared/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ListWriter } from '../testing/list-writer.ts';
import { TestApi, type Answer, type Person } from '../testing/test-api.ts';
import { failureSchema } from './envelope.ts';

const anyNumber: unknown = expect.any(Number);
const tight = { calls: 2, windowSeconds: 60 };

describe('the rate limits', { timeout: 30_000 }, () => {
  let api: TestApi;
  let person: Person;
  let list: string;

  beforeAll(async () => {
    api = await TestApi.start({
      rateLimits: { passwords: tight, inviteTokens: tight, newLists: tight, newInvites: tight, pushedKilobytes: tight },
    });
    person = await api.guest();
    list = createListId(randomBytes);
  }, 60_000);

  afterAll(async () => {
    await api.dispose();
  });

  async function thirdOf(call: () => Promise<Answer>): Promise<Answer> {
    await call();
    await call();
    return call();
  }

  function expectLimited(answer: Answer): void {
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    const { error } = failureSchema.parse(JSON.parse(answer.text));
    expect(error).toMatchObject({ code: 'rate-limited', details: { retryAfterMs: anyNumber } });
  }

  it('S24 limits guesses of passwords', async () => {
    const body = { email: 'nobody@example.org', password: 'guess number 1' };
    expectLimited(await thirdOf(() => api.call('POST', '/api/auth/sign-in/email', { body })));
    expectLimited(await api.call('POST', '/api/auth/sign-up/email', { body: { ...body, name: 'A' } }));
  });

  it('S24 limits new lists', async () => {
    await person.call('PUT', `/api/v1/lists/${list}`);
    expectLimited(await thirdOf(() => person.call('PUT', `/api/v1/lists/${createListId(randomBytes)}`)));
    const other = await api.guest();
    expect((await other.call('PUT', `/api/v1/lists/${createListId(randomBytes)}`)).status).toBe(200);
  });

  it('S24 limits invites, made and looked at', async () => {
    expectLimited(await thirdOf(() => person.call('POST', `/api/v1/lists/${list}/invites`, { role: 'viewer' })));
    expectLimited(await thirdOf(() => api.call('GET', `/api/v1/invites/${list}${'A'.repeat(22)}`)));
    expectLimited(await person.call('POST', `/api/v1/invites/${list}${'A'.repeat(22)}/accept`));
  });

  it('S24 limits pushes by their size', async () => {
    const update = Buffer.from(new ListWriter().create('Home')).toString('base64');
    const push = (text: string) => person.call('POST', `/api/v1/lists/${list}/updates`, { epoch: 0, update: text });
    expectLimited(await push(Buffer.alloc(3_000).toString('base64')));
    const other = await api.guest();
    const otherPush = () => other.call('POST', `/api/v1/lists/${list}/updates`, { epoch: 0, update });
    expectLimited(await thirdOf(otherPush));
  });
});
