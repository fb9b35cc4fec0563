import { randomBytes } from 'node:crypto';
import { createListId } from '@trolley/shared/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { ListWriter } from '../testing/list-writer.ts';
import { TestApi, type Person } from '../testing/test-api.ts';
import { createdInviteSchema } from './invite-schemas.ts';

const hourMs = 60 * 60 * 1000;

describe('invites', { timeout: 30_000 }, () => {
  let api: TestApi;
  let owner: Person;
  let list: string;

  beforeAll(async () => {
    api = await TestApi.start();
    owner = await api.guest('<i>Olga</i>');
    list = createListId(randomBytes);
    await owner.call('PUT', `/api/v1/lists/${list}`);
    const update = Buffer.from(new ListWriter().create("Home'; drop table lists; --")).toString('base64');
    await owner.call('POST', `/api/v1/lists/${list}/updates`, { epoch: 0, update });
  }, 60_000);

  afterAll(async () => {
    await api.dispose();
  });

  async function invite(terms: unknown): Promise<z.infer<typeof createdInviteSchema>> {
    return createdInviteSchema.parse((await owner.call('POST', `/api/v1/lists/${list}/invites`, terms)).data());
  }

  const look = (token: string) => api.call('GET', `/api/v1/invites/${token}`, { origin: null });
  const accept = (person: Person, token: string) => person.call('POST', `/api/v1/invites/${token}/accept`);

  it('S21 shows what it opens to whoever has the link, and lets a guest join', async () => {
    const { token, path, role, maxUses, expiresAt } = await invite({ role: 'editor' });
    expect({ role, maxUses, path }).toEqual({ role: 'editor', maxUses: null, path: `/join/${token}` });
    expect(Math.round((Date.parse(expiresAt) - api.clock.nowMs()) / hourMs)).toBe(168);
    expect((await look(token)).data()).toEqual({
      list,
      listTitle: "Home'; drop table lists; --",
      role: 'editor',
      invitedBy: '<i>Olga</i>',
      expiresAt,
    });
    const guest = await api.guest();
    api.events.length = 0;
    expect((await accept(guest, token)).data()).toEqual({ list, role: 'editor' });
    expect(api.events).toEqual([{ kind: 'access', list, userId: guest.userId, role: 'editor' }]);
    expect((await guest.call('GET', `/api/v1/lists/${list}/updates`)).data()).toMatchObject({
      role: 'editor',
      head: 1,
    });
  });

  it('S21 needs a session to join', async () => {
    const { token } = await invite({ role: 'viewer' });
    expect((await api.call('POST', `/api/v1/invites/${token}/accept`)).code()).toBe('unauthenticated');
  });

  it('S21 opens nothing for a token that nobody made', async () => {
    const { token } = await invite({ role: 'viewer' });
    const guest = await api.guest();
    const secret = token.slice(22);
    const wrong = [
      'x',
      '%00',
      `${token}x`,
      `${list}${randomBytes(16).toString('base64url')}`,
      `${createListId(randomBytes)}${secret}`,
      `${list}${secret.slice(0, -2)}' -`,
    ];
    for (const text of wrong) {
      expect((await look(encodeURIComponent(text))).code(), text).toBe('not-found');
      expect((await accept(guest, encodeURIComponent(text))).code(), text).toBe('not-found');
    }
  });

  it('S21 ends when it expires', async () => {
    const { token } = await invite({ role: 'viewer', expiresInHours: 1 });
    const guest = await api.guest();
    api.clock.shift(hourMs);
    try {
      expect(await look(token)).toMatchObject({ status: 410 });
      expect((await look(token)).code()).toBe('invite-expired');
      expect((await accept(guest, token)).code()).toBe('invite-expired');
    } finally {
      api.clock.shift(-hourMs);
    }
  });

  it('S21 ends when it was used as often as it may be, however many come at once', async () => {
    const { token } = await invite({ role: 'viewer', maxUses: 2 });
    const guests = await Promise.all([1, 2, 3, 4].map(() => api.guest()));
    const codes = await Promise.all(guests.map(async (guest) => (await accept(guest, token)).code()));
    expect(codes.toSorted()).toEqual([null, null, 'invite-used-up', 'invite-used-up'].toSorted());
    const joined = guests[codes.indexOf(null)];
    expect(joined && (await accept(joined, token)).data()).toEqual({ list, role: 'viewer' });
    expect((await look(token)).code()).toBe('invite-used-up');
  });

  it('S21 ends when an owner withdraws it; who came by it stays', async () => {
    const { token, inviteId } = await invite({ role: 'viewer' });
    const guest = await api.guest();
    await accept(guest, token);
    const path = `/api/v1/lists/${list}/invites/${inviteId}`;
    expect((await guest.call('DELETE', path)).code()).toBe('forbidden');
    expect((await owner.call('DELETE', path)).code()).toBeNull();
    expect((await owner.call('DELETE', path)).code()).toBeNull();
    expect((await look(token)).code()).toBe('invite-revoked');
    expect((await accept(await api.guest(), token)).code()).toBe('invite-revoked');
    expect((await guest.call('GET', `/api/v1/lists/${list}/updates`)).code()).toBeNull();
    expect((await owner.call('GET', `/api/v1/lists/${list}/invites`)).text).toContain(inviteId);
    expect((await owner.call('DELETE', `/api/v1/lists/${list}/invites/AAAAAAAAAAAAAAAA`)).code()).toBe('not-found');
  });

  it('S21 never lowers a role, and raises one', async () => {
    const [viewing, editing] = [await invite({ role: 'viewer' }), await invite({ role: 'editor', maxUses: 1 })];
    expect((await accept(owner, viewing.token)).data()).toEqual({ list, role: 'owner' });
    const guest = await api.guest();
    expect((await accept(guest, viewing.token)).data()).toEqual({ list, role: 'viewer' });
    expect((await accept(guest, editing.token)).data()).toEqual({ list, role: 'editor' });
    expect((await accept(guest, viewing.token)).data()).toEqual({ list, role: 'editor' });
  });

  it.each([
    ['an owner', { role: 'owner' }],
    ['no role', {}],
    ['no time', { role: 'viewer', expiresInHours: 0 }],
    ['more than a year', { role: 'viewer', expiresInHours: 8761 }],
    ['no use', { role: 'viewer', maxUses: 0 }],
    ['too many uses', { role: 'viewer', maxUses: 101 }],
  ])('S21 refuses an invite for %s', async (_, terms) => {
    expect((await owner.call('POST', `/api/v1/lists/${list}/invites`, terms)).code()).toBe('bad-request');
  });

  it('S21 tells the token once and keeps only a hash of its secret', async () => {
    const { token } = await invite({ role: 'viewer' });
    expect((await owner.call('GET', `/api/v1/lists/${list}/invites`)).text).not.toContain(token.slice(22));
    expect(api.logLines.join('\n')).not.toContain(token.slice(22));
  });
});
