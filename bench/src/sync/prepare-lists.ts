import { randomBytes as nodeRandomBytes } from 'node:crypto';
import { createApi } from '@trolley/api';
import { createListId, systemClock, type ListId, type RandomBytes } from '@trolley/shared/protocol';
import { pino } from 'pino';
import * as v from 'valibot';
import { shape } from './load-plan.ts';

/** Lists and their members, as every system of ours finds them in its database. */
export interface PreparedLists {
  /** Lists of each step, a hundred. Every list has four members: list `l` those from `4 l` on. */
  readonly sets: readonly (readonly ListId[])[];
  /** Lists of one member each, list `l` of account `l` (of those that there are). */
  readonly idle: readonly ListId[];
  /** A session of each account. */
  readonly tokens: readonly string[];
}

export interface PrepareOptions {
  readonly databaseUrl: string;
  readonly authSecret: string;
  readonly sets: number;
  readonly idleLists: number;
}

type Api = Awaited<ReturnType<typeof createApi>>;

const origin = 'http://127.0.0.1';
const callsInFlight = 8;
const randomBytes: RandomBytes = (byteLength) => new Uint8Array(nodeRandomBytes(byteLength));
/** One machine makes here what families make from as many addresses. The servers that are measured have the usual limits. */
const unlimited = { calls: 1_000_000, windowSeconds: 1 };

const guestSchema = v.object({ token: v.string() });
const inviteSchema = v.object({ data: v.object({ token: v.string() }) });

/** Makes accounts, lists and memberships through the api's own routes, in this process. */
export async function prepareLists(options: PrepareOptions): Promise<PreparedLists> {
  const { databaseUrl, authSecret } = options;
  const api = await createApi({
    databaseUrl,
    dataDir: '',
    publicUrl: null,
    authSecret,
    clock: systemClock,
    randomBytes,
    logger: pino({ level: 'warn' }),
    rateLimits: { newGuests: unlimited, newLists: unlimited, newInvites: unlimited, inviteTokens: unlimited },
  });
  try {
    const tokens = await inTurn(shape.lists * shape.members, () => createGuest(api));
    const sets: ListId[][] = [];
    for (let set = 0; set < options.sets; set += 1) {
      sets.push(await inTurn(shape.lists, (list) => createFamily(api, tokens.slice(list * shape.members))));
    }
    const idle = await inTurn(options.idleLists, (list) => createList(api, tokens[list % tokens.length]));
    return { sets, idle, tokens };
  } finally {
    await api.dispose();
  }
}

/** Several at a time, so that the database works while we do. */
async function inTurn<T>(count: number, work: (index: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let start = 0; start < count; start += callsInFlight) {
    const length = Math.min(callsInFlight, count - start);
    results.push(...(await Promise.all(Array.from({ length }, (_, index) => work(start + index)))));
  }
  return results;
}

async function createGuest(api: Api): Promise<string> {
  return v.parse(guestSchema, await call(api, '/api/auth/sign-in/anonymous', { method: 'POST', body: {} })).token;
}

async function createList(api: Api, owner: string | undefined): Promise<ListId> {
  const list = createListId(randomBytes);
  await call(api, `/api/v1/lists/${list}`, { method: 'PUT', token: owner });
  return list;
}

/** A list with its owner and the other members, in their order. */
async function createFamily(api: Api, tokens: readonly string[]): Promise<ListId> {
  const [owner, ...others] = tokens.slice(0, shape.members);
  const list = await createList(api, owner);
  const body = { role: 'editor' };
  const invite = await call(api, `/api/v1/lists/${list}/invites`, { method: 'POST', token: owner, body });
  const { token: inviteToken } = v.parse(inviteSchema, invite).data;
  for (const token of others) await call(api, `/api/v1/invites/${inviteToken}/accept`, { method: 'POST', token });
  return list;
}

interface ApiCall {
  readonly method: string;
  readonly token?: string | undefined;
  readonly body?: object;
}

async function call(api: Api, path: string, { method, token, body }: ApiCall): Promise<unknown> {
  const response = await api.app.request(origin + path, {
    method,
    headers: {
      origin,
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response.json();
}
