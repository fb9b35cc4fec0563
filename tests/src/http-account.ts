import {
  listIdSchema,
  memberIdSchema,
  roleSchema,
  TrolleyError,
  type ListId,
  type MemberId,
} from '@trolley/shared/protocol';
import type { Account, AccountList } from '@trolley/shared/sync';
import { z } from 'zod';

const guestSchema = z.object({
  token: z.string(),
  user: z.object({ memberId: z.string().transform((id) => memberIdSchema.parse(id)) }),
});
const inviteSchema = z.object({ data: z.object({ token: z.string() }) });
const listsSchema = z.object({
  data: z.array(
    z.object({
      list: z.string().transform((id) => listIdSchema.parse(id)),
      role: z.enum(['owner', 'editor', 'viewer']),
    }),
  ),
});

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
    const { token, user } = guestSchema.parse(await response.json());
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
    const { data } = listsSchema.parse(await this.#call('GET', '/lists'));
    return data.map(({ list, role }) => ({ list, role: roleSchema.parse(role) }));
  }

  /** A link's token by which others join as editors. */
  async invite(list: ListId): Promise<string> {
    return inviteSchema.parse(await this.#call('POST', `/lists/${list}/invites`, { role: 'editor' })).data.token;
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
