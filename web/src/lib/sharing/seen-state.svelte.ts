import type { ListId, UserId } from '@trolley/shared/protocol';
import * as m from '#lib/paraglide/messages.js';
import type { Trolley } from '#lib/sync/trolley.ts';
import { readSeen, type MemberSeen } from './seen-api.ts';

/** Phones speak a few seconds after a change. */
const lookEveryMs = 4_000;

/** Whose phones have a list as it is now, looked up again and again as long as somebody looks. */
export class SeenState {
  readonly #list: ListId;
  readonly #trolley: Trolley;
  #members: readonly MemberSeen[] | null = $state.raw(null);
  #isUnknown = $state.raw(false);
  #waiting = $state.raw(0);

  constructor(list: ListId, trolley: Trolley) {
    this.#list = list;
    this.#trolley = trolley;
  }

  /** Looks now and then. Returns how to stop. */
  watch(): () => void {
    void this.#look();
    const timer = setInterval(() => void this.#look(), lookEveryMs);
    return () => {
      clearInterval(timer);
    };
  }

  /** What can be said of all together; null while nothing can. Reactive. */
  get summary(): string | null {
    const others = this.#others;
    if (this.#isUnknown) return m.seen_unknown();
    if (others.length === 0) return null;
    if (this.#waiting > 0) return m.seen_waiting();
    return others.every(({ missing }) => missing === 0) ? m.seen_everyone() : null;
  }

  /** Whether somebody's phone is known not to have all of it. Reactive. */
  get isBehind(): boolean {
    return !this.#isUnknown && this.#others.some(({ missing }) => missing !== 0);
  }

  /** What can be said of one of the others; null while nothing can. Reactive. */
  textOf(user: UserId): string | null {
    const seen = this.#isUnknown ? undefined : this.#others.find(({ userId }) => userId === user);
    if (seen === undefined) return null;
    if (seen.missing === null) return m.seen_nothing_yet();
    return seen.missing === 0 ? m.seen_has_all() : m.seen_missing({ count: seen.missing });
  }

  get #others(): readonly MemberSeen[] {
    const { userId } = this.#trolley.account.profile;
    return (this.#members ?? []).filter((member) => member.userId !== userId);
  }

  async #look(): Promise<void> {
    try {
      this.#waiting = await this.#trolley.storage.countOutbox(this.#list);
      this.#members = await readSeen(this.#list);
      this.#isUnknown = false;
    } catch {
      // What was known is no news: only a server that was asked now can say that everybody has it.
      this.#isUnknown = this.#members !== null;
    }
  }
}
