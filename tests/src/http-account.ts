import {
  listIdSchema,
  memberIdSchema,
  roleSchema,
  TrolleyError,
  type ListId,
  type MemberId,
} from '@trolley/shared/protocol';
import type { Account, AccountList } from '@trolley/shared/sync';
import * as v from 'valibot';

const guestSchema = v.object({ token: v.string(), user: v.object({ memberId: memberIdSchema }) });
const inviteSchema = v.object({ data: v.object({ token: v.string() }) });
const listsSchema = v.object({ data: v.array(v.object({ list: listIdSchema, role: roleSchema })) });
const membersSchema = v.object({ data: v.array(v.object({ userId: v.string(), memberId: memberIdSchema })) });

/** A guest's account, spoken for by its bearer token. */
export class HttpAccount implements Account {
  readonly memberId: MemberId;
  readonly token: string;
  readonly hasSession = true;
  readonly #url: string;
  readonly #household: Record<string, string>;

  private constructor(url: string, token: string, memberId: MemberId, household: Record<string, string>) {
    this.#url = url;
    this.token = token;
    this.memberId = memberId;
    this.#household = household;
  }

  /** `address` is where a gateway that believes us takes the call to come from: whom limits per address count against. */
  static async createGuest(url: string, address?: string): Promise<HttpAccount> {
    const household = address === undefined ? {} : { 'x-forwarded-for': address };
    const response = await fetch(`${url}/api/auth/sign-in/anonymous`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url, ...household },
      body: '{}',
    });
    const { token, user } = v.parse(guestSchema, await response.json());
    return new HttpAccount(url, token, user.memberId, household);
  }

  /** The same account at another address of the same server. */
  at(url: string): HttpAccount {
    return new HttpAccount(url, this.token, this.memberId, this.#household);
  }

  ensureSession(): Promise<void> {
    return Promise.resolve();
  }

  forgetSession(): void {
    // A bearer token cannot be replaced on the way: the connection is refused until the server knows it again.
  }

  async register(list: ListId): Promise<void> {
    await this.#call('PUT', `/lists/${list}`);
  }

  async lists(): Promise<AccountList[]> {
    return v.parse(listsSchema, await this.#call('GET', '/lists')).data;
  }

  /** A link's token by which others join as editors. */
  async invite(list: ListId): Promise<string> {
    return v.parse(inviteSchema, await this.#call('POST', `/lists/${list}/invites`, { role: 'editor' })).data.token;
  }

  async accept(token: string): Promise<void> {
    await this.#call('POST', `/invites/${token}/accept`);
  }

  /** Takes somebody off a list. */
  async remove(list: ListId, member: MemberId): Promise<void> {
    const { data } = v.parse(membersSchema, await this.#call('GET', `/lists/${list}/members`));
    const userId = data.find(({ memberId }) => memberId === member)?.userId ?? '';
    await this.#call('DELETE', `/lists/${list}/members/${userId}`);
  }

  /** Ends this session, wherever it is connected. */
  async signOut(): Promise<void> {
    const { ok, status } = await fetch(`${this.#url}/api/auth/sign-out`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${this.token}`,
        'content-type': 'application/json',
        origin: this.#url,
        ...this.#household,
      },
      body: '{}',
    });
    if (!ok) throw new TrolleyError('unavailable', `sign-out: ${String(status)}`);
  }

  async #call(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${this.#url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...this.#household,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok)
      throw new TrolleyError('unavailable', `${method} ${path}: ${String(response.status)} ${await response.text()}`);
    return response.json();
  }
}
