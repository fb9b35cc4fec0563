import { randomBytes } from 'node:crypto';
import { createListId } from '@trolley/shared/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ListWriter } from '../testing/list-writer.ts';
import { TestApi, type Person } from '../testing/test-api.ts';

const said = z.object({ value: z.unknown(), at: z.string() }).nullable();
const placesSchema = z.array(z.object({ list: z.string(), place: said, archived: said }));

describe('lists and members', { timeout: 30_000 }, () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await TestApi.start();
  }, 60_000);

  afterAll(async () => {
    await api.dispose();
  });

  async function newList(owner: Person): Promise<string> {
    const list = createListId(randomBytes);
    expect((await owner.call('PUT', `/api/v1/lists/${list}`)).data()).toEqual({ list, role: 'owner' });
    return list;
  }

  async function join(owner: Person, list: string, role: string, person: Person): Promise<void> {
    const made = await owner.call('POST', `/api/v1/lists/${list}/invites`, { role });
    const token = (/"token":"([\w-]+)"/.exec(made.text) ?? [])[1] ?? '';
    expect((await person.call('POST', `/api/v1/invites/${token}/accept`)).data()).toEqual({ list, role });
  }

  const code = async (person: Person, method: string, path: string, body?: unknown) =>
    (await person.call(method, path, body)).code();

  it('S19 makes a list once, whoever repeats it, and tells others only that it exists', async () => {
    const [owner, stranger, editor] = [await api.guest(), await api.guest(), await api.guest()];
    const list = await newList(owner);
    await join(owner, list, 'editor', editor);
    expect(await code(owner, 'PUT', `/api/v1/lists/${list}`)).toBeNull();
    expect(await code(stranger, 'PUT', `/api/v1/lists/${list}`)).toBe('already-exists');
    expect(await code(editor, 'PUT', `/api/v1/lists/${list}`)).toBe('already-exists');
    const twice = createListId(randomBytes);
    const race = await Promise.all([owner, stranger].map((person) => code(person, 'PUT', `/api/v1/lists/${twice}`)));
    expect(race.toSorted()).toEqual(['already-exists', null].toSorted());
  });

  it('S19 shows each account its own lists', async () => {
    const [owner, other] = [await api.guest(), await api.guest()];
    const list = await newList(owner);
    expect((await owner.call('GET', '/api/v1/lists')).data()).toMatchObject([
      { list, role: 'owner', epoch: 0, head: 0 },
    ]);
    expect((await other.call('GET', '/api/v1/lists')).data()).toEqual([]);
  });

  it('S55 keeps where each member has put a list, and lets the later word count', async () => {
    const [owner, viewer, stranger] = [await api.guest(), await api.guest(), await api.guest()];
    const [list, other] = [await newList(owner), await newList(owner)];
    await join(owner, list, 'viewer', viewer);
    const startMs = api.clock.nowMs() - 60_000;
    const at = (second: number) => new Date(startMs + second * 1000).toISOString();
    const say = (person: Person, ...changes: unknown[]) => person.call('PATCH', '/api/v1/lists', { changes });
    const first = await say(
      owner,
      { list, place: { value: 'a1', at: at(5) }, archived: { value: true, at: at(1) } },
      { list: other, place: { value: 'a0', at: at(5) } },
    );
    expect(first.data()).toContainEqual(
      expect.objectContaining({
        list,
        place: { value: 'a1', at: at(5) },
        archived: { value: true, at: at(1) },
      }),
    );
    const placed = async (person: Person, ...changes: unknown[]) =>
      placesSchema.parse((await say(person, ...changes)).data()).find((one) => one.list === list);
    // A phone that was offline says what it said before, and after.
    const earlier = { list, place: { value: 'Zz', at: at(4) }, archived: { value: false, at: at(2) } };
    expect(await placed(owner, earlier)).toMatchObject({ place: { value: 'a1' }, archived: { value: false } });
    expect(await placed(owner, earlier)).toMatchObject({ place: { value: 'a1' }, archived: { value: false } });
    expect(await placed(viewer)).toMatchObject({ list, place: null, archived: null });
    await say(stranger, { list, archived: { value: true, at: at(9) } });
    expect(await placed(owner)).toMatchObject({ archived: { value: false } });
    // A clock that runs ahead must not keep every later word out.
    const ahead = await placed(owner, { list, archived: { value: true, at: at(9_000) } });
    expect(ahead).toMatchObject({ archived: { value: true } });
    expect(Date.parse(ahead?.archived?.at ?? '')).toBeLessThanOrEqual(api.clock.nowMs());
    for (const place of ['', 'a b', 'x'.repeat(257), 7]) {
      expect(
        await code(owner, 'PATCH', '/api/v1/lists', { changes: [{ list, place: { value: place, at: at(1) } }] }),
      ).toBe('bad-request');
    }
  });

  it('S6 answers about a foreign list exactly as about none, whatever is asked', async () => {
    const [owner, stranger] = [await api.guest(), await api.guest()];
    const update = Buffer.from(new ListWriter().create('Home')).toString('base64');
    const calls: [string, string, unknown?][] = [
      ['DELETE', ''],
      ['GET', '/members'],
      ['PATCH', `/members/${owner.userId}`, { role: 'viewer' }],
      ['DELETE', `/members/${owner.userId}`],
      ['DELETE', `/members/${stranger.userId}`],
      ['GET', '/invites'],
      ['POST', '/invites', { role: 'editor' }],
      ['DELETE', '/invites/AAAAAAAAAAAAAAAA'],
      ['GET', '/updates?epoch=0&cursor=0'],
      ['POST', '/updates', { epoch: 0, update }],
    ];
    const list = await newList(owner);
    const none = createListId(randomBytes);
    for (const [method, path, body] of calls) {
      const answers = [list, none].map((id) => stranger.call(method, `/api/v1/lists/${id}${path}`, body));
      const [foreign, unknown] = await Promise.all(answers);
      expect(foreign?.code(), `${method} ${path}`).toBe('not-found');
      expect(foreign?.status).toBe(404);
      expect(withoutTime(foreign?.text)).toBe(withoutTime(unknown?.text));
    }
  });

  it('S20 lets owners change roles and remove members, and nobody else', async () => {
    const [owner, editor, viewer] = [await api.guest('Owner'), await api.guest('Editor'), await api.guest('Viewer')];
    const list = await newList(owner);
    await join(owner, list, 'editor', editor);
    await join(owner, list, 'viewer', viewer);
    const members = `/api/v1/lists/${list}/members`;
    expect((await viewer.call('GET', members)).data()).toMatchObject([
      { userId: owner.userId, name: 'Owner', role: 'owner', memberId: owner.memberId, isGuest: true },
      { userId: editor.userId, name: 'Editor', role: 'editor' },
      { userId: viewer.userId, name: 'Viewer', role: 'viewer' },
    ]);
    expect(await code(editor, 'PATCH', `${members}/${editor.userId}`, { role: 'owner' })).toBe('forbidden');
    expect(await code(editor, 'DELETE', `${members}/${viewer.userId}`)).toBe('forbidden');
    expect(await code(viewer, 'DELETE', `/api/v1/lists/${list}`)).toBe('forbidden');
    expect(await code(editor, 'POST', `/api/v1/lists/${list}/invites`, { role: 'editor' })).toBe('forbidden');
    expect(await code(owner, 'PATCH', `${members}/nobody`, { role: 'viewer' })).toBe('not-found');
    api.events.length = 0;
    expect(await code(owner, 'PATCH', `${members}/${editor.userId}`, { role: 'viewer' })).toBeNull();
    expect(await code(owner, 'PATCH', `${members}/${editor.userId}`, { role: 'viewer' })).toBeNull();
    expect(await code(owner, 'DELETE', `${members}/${editor.userId}`)).toBeNull();
    expect(await code(viewer, 'DELETE', `${members}/${viewer.userId}`)).toBeNull();
    expect(api.events).toEqual([
      { kind: 'access', list, userId: editor.userId, role: 'viewer' },
      { kind: 'access', list, userId: editor.userId, role: null },
      { kind: 'access', list, userId: viewer.userId, role: null },
    ]);
  });

  it('S20 keeps the last owner of a list', async () => {
    const [owner, other] = [await api.guest(), await api.guest()];
    const list = await newList(owner);
    await join(owner, list, 'editor', other);
    const member = (person: Person) => `/api/v1/lists/${list}/members/${person.userId}`;
    expect(await code(owner, 'DELETE', member(owner))).toBe('last-owner');
    expect(await code(owner, 'PATCH', member(owner), { role: 'editor' })).toBe('last-owner');
    expect(await code(owner, 'PATCH', member(other), { role: 'owner' })).toBeNull();
    const race = await Promise.all([code(owner, 'DELETE', member(owner)), code(other, 'DELETE', member(other))]);
    expect(race.toSorted()).toEqual(['last-owner', null].toSorted());
  });

  it('S20 deletes a list for everybody, as an owner, and tells them', async () => {
    const [owner, viewer] = [await api.guest(), await api.guest()];
    const list = await newList(owner);
    await join(owner, list, 'viewer', viewer);
    const update = Buffer.from(new ListWriter().create('Home')).toString('base64');
    expect(await code(owner, 'POST', `/api/v1/lists/${list}/updates`, { epoch: 0, update })).toBeNull();
    api.events.length = 0;
    expect(await code(owner, 'DELETE', `/api/v1/lists/${list}`)).toBeNull();
    expect(api.events).toHaveLength(2);
    expect(api.events).toContainEqual({ kind: 'access', list, userId: viewer.userId, role: null });
    for (const person of [owner, viewer]) {
      expect(await code(person, 'GET', `/api/v1/lists/${list}/updates`)).toBe('not-found');
      expect((await person.call('GET', '/api/v1/lists')).data()).toEqual([]);
    }
    expect(await api.api.log.heads([createListId(randomBytes)])).toEqual(new Map());
  });
});

function withoutTime(text: string | undefined): string | undefined {
  return text?.replace(/"timestamp":"[^"]+"/, '');
}
