import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { seedEpoch } from '@trolley/shared/document';
import { createListId, createLogId, systemClock, type UserId } from '@trolley/shared/protocol';
import { expect, vi } from 'vitest';
import { createdInviteSchema } from '../invites/invite-schemas.ts';
import { createList } from '../lists/list-store.ts';
import { appendBatch } from '../log/append.ts';
import { carryLateEdit } from '../log/carry-late-edit.ts';
import { documentAt } from '../history/document-at.ts';
import { markRestored } from '../log/mark-restored.ts';
import { pruneHistory } from '../log/prune-history.ts';
import { rollOverIfDue } from '../log/roll-over.ts';
import { takeSnapshot } from '../log/take-snapshot.ts';
import type { Database } from '../store/database.ts';
import { ListWriter } from './list-writer.ts';
import { readMessage } from './smtp-inbox.ts';
import { cookieOf, type TestApi } from './test-api.ts';

/** Calls each route and each method of the log once, so that every statement of ours runs. Returns somebody who is still there then. */
export async function useEverything(api: TestApi, logLines: readonly string[]): Promise<UserId> {
  const [owner, guest] = [await api.guest(), await api.guest()];
  const list = createListId(randomBytes);
  const path = `/api/v1/lists/${list}`;
  await owner.call('PUT', path);
  await owner.call('PUT', path);
  const writer = new ListWriter();
  writer.create('Home');
  writer.addMany(210);
  const appends = writer.updates.map((update) => ({ userId: owner.userId, list, epoch: 0, update }));
  await api.api.log.append(appends);
  await api.api.log.pull(owner.userId, { list, epoch: 0, cursor: 0 });
  await api.api.log.heads([list]);
  await api.api.log.roles([{ list, userId: owner.userId }]);
  await api.api.log.authenticate({ cookie: owner.cookie });
  const made = await owner.call('POST', `${path}/invites`, { role: 'editor' });
  const { token, inviteId } = createdInviteSchema.parse(made.data());
  await api.call('GET', `/api/v1/invites/${token}`);
  await guest.call('POST', `/api/v1/invites/${token}/accept`);
  await owner.call('GET', `${path}/invites`);
  await owner.call('DELETE', `${path}/invites/${inviteId}`);
  await owner.call('GET', `${path}/members`);
  await owner.call('PUT', `${path}/seen`, { seq: 3 });
  await vi.waitFor(() => {
    expect(logLines.some((line) => line.includes('insert into member_cursors'))).toBe(true);
  }, 10_000);
  await owner.call('GET', `${path}/seen`);
  await owner.call('GET', '/api/v1/lists');
  const now = new Date(api.clock.nowMs()).toISOString();
  const change = { list, place: { value: 'a0', at: now }, archived: { value: true, at: now } };
  await owner.call('PATCH', '/api/v1/lists', { changes: [change] });
  await owner.call('GET', `${path}/history?before=${now}`);
  await owner.call('GET', `${path}/history/document?at=${now}`);
  await owner.call('PATCH', `${path}/members/${guest.userId}`, { role: 'owner' });
  await owner.call('PATCH', `${path}/members/${guest.userId}`, { role: 'viewer' });
  const account = { email: 'a@example.org', password: 'correct horse', name: 'A' };
  const signedUp = await guest.call('POST', '/api/auth/sign-up/email', account);
  const person = await api.person(cookieOf(signedUp));
  await person.call('GET', '/api/auth/get-session');
  await person.call('POST', '/api/auth/sign-out', {});
  const signedIn = await api.call('POST', '/api/auth/sign-in/email', { body: account });
  await (await api.person(cookieOf(signedIn))).call('DELETE', `${path}/members/${person.userId}`);
  await vi.waitFor(() => {
    expect(logLines.some((line) => line.includes('store_snapshot('))).toBe(true);
  }, 10_000);
  await useMails(api, logLines);
  await owner.call('DELETE', path);
  return owner.userId;
}

/** A mail of each kind, kept as a file, and what its link opens. */
async function useMails(api: TestApi, logLines: readonly string[]): Promise<void> {
  const email = 'b@example.org';
  await api.call('POST', '/api/auth/sign-up/email', { body: { email, password: 'correct horse', name: 'B' } });
  const calls = [
    ['verify-address', '/verify-email', {}],
    ['sign-in', '/magic-link/verify', {}],
    ['reset-password', '/reset-password', { newPassword: 'correct horses' }],
  ] as const;
  for (const [kind, path, fields] of calls) {
    const known = mailFiles(logLines).length;
    await api.call('POST', '/api/v1/mails', { body: { kind, email, language: 'en' } });
    await vi.waitFor(() => {
      expect(mailFiles(logLines).length).toBe(known + 1);
    }, 10_000);
    const { link } = readMessage(readFileSync(mailFiles(logLines)[known] ?? '', 'utf8'));
    const body = { ...fields, token: link.split('#')[1] };
    expect((await api.call('POST', `/api/auth${path}`, { body })).status, kind).toBe(200);
  }
}

function mailFiles(logLines: readonly string[]): string[] {
  return logLines.flatMap((line) => /"file":"([^"]*\.eml)"/.exec(line)?.[1] ?? []);
}

/** What becomes of a list in years: epochs, late edits, a restore, its past. Only the restore, for which everything stands still, may read all. */
export async function useHistory(database: Database, userId: UserId, logLines: string[]): Promise<void> {
  const list = createListId(randomBytes);
  const [now, later] = [new Date(systemClock.nowMs()), new Date(systemClock.nowMs() + 200 * 24 * 60 * 60 * 1000)];
  await createList(database, list, userId, now);
  const writer = new ListWriter();
  const [home, milk] = [writer.create('Home'), writer.add('milk')];
  const append = { userId, list, epoch: 0, update: home };
  await appendBatch(database.sql, [append], now);
  expect(await rollOverIfDue(database, list, later)).toEqual({ epoch: 1, seq: 2 });
  expect(await carryLateEdit(database, { ...append, update: milk }, later)).toMatchObject({ isCarried: true });
  expect(await takeSnapshot(database, list, later)).toBe('taken');
  const lines = [...logLines];
  await database.transaction((sql) => markRestored(sql, later, randomBytes));
  logLines.splice(0, Infinity, ...lines);
  const back = { ...append, epoch: 5, isBulk: true, lostLog: createLogId(randomBytes) };
  expect(await carryLateEdit(database, back, later)).toMatchObject({ error: { code: 'update-rejected' } });
  await createList(database, createListId(randomBytes), userId, later);
  expect(await documentAt(database.sql, list, later)).toMatchObject({ epoch: 1, seq: 3 });
  await pruneHistory(database, list, later);
  expect(await documentAt(database.sql, list, later)).toMatchObject({ epoch: 1, seq: 3 });
  const whole = seedEpoch(writer.document, 5, { nowMs: later.getTime() }).encode();
  expect(await carryLateEdit(database, { ...back, update: whole }, later)).toMatchObject({ isCarried: true });
}
