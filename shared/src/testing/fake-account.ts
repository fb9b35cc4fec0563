import { createMemberId, TrolleyError, type ErrorCode, type ListId } from '../protocol/index.ts';
import type { Account, AccountList } from '../sync/account.ts';

/** An account whose api is the test. */
export class FakeAccount implements Account {
  readonly memberId = createMemberId((byteLength) => new Uint8Array(byteLength).fill(20));
  /** Everything that was asked of it, in order. */
  readonly asked: string[] = [];
  hasSession = true;
  memberships: AccountList[] = [];
  /** When set, every call is refused with it. */
  refusal: { code: ErrorCode; retryAfterMs?: number } | null = null;

  async ensureSession(): Promise<void> {
    await this.#ask('ensureSession');
    this.hasSession = true;
  }

  forgetSession(): void {
    this.asked.push('forgetSession');
    this.hasSession = false;
  }

  register(list: ListId): Promise<void> {
    return this.#ask(`register ${list}`);
  }

  async lists(): Promise<AccountList[]> {
    await this.#ask('lists');
    return this.memberships;
  }

  async #ask(what: string): Promise<void> {
    this.asked.push(what);
    await Promise.resolve();
    if (this.refusal === null) return;
    const { code, retryAfterMs } = this.refusal;
    throw new TrolleyError(code, code, retryAfterMs === undefined ? {} : { retryAfterMs });
  }
}
