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

/** A guest's account, spoken for by its bearer token. */
export class HttpAccount implements Account {
  readonly memberId: MemberId;
  readonly token: string;
  readonly hasSession = true;
  readonly #url: string;

  private constructor(url: string, token: string, memberId: MemberId) {
    this.#url = url;
    this.token = token;
    this.memberId = memberId;
  }

  static async createGuest(url: string): Promise<HttpAccount> {
    const response = await fetch(`${url}/api/auth/sign-in/anonymous`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url },
      body: '{}',
    });
    const { token, user } = v.parse(guestSchema, await response.json());
    return new HttpAccount(url, token, user.memberId);
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

  async #call(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${this.#url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok)
      throw new TrolleyError('unavailable', `${method} ${path}: ${String(response.status)} ${await response.text()}`);
    return response.json();
  }
}
