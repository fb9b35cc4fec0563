import type { Item } from '@trolley/shared/document';
import { TrolleyError, type Clock } from '@trolley/shared/protocol';
import { problemText } from '#lib/account/problem-text.ts';
import * as m from '#lib/paraglide/messages.js';
import type { Moment, Moments, PastDocument } from './history-api.ts';
import { KeptPasts } from './kept-pasts.ts';
import { openPast } from './open-past.ts';

interface TimeMachineParts {
  clock: Clock;
  moments: (beforeMs: number) => Promise<Moments>;
  document: (atMs: number) => Promise<PastDocument>;
}

/** What was on the list at a moment. */
interface Past {
  readonly moment: Moment;
  readonly items: readonly Item[];
}

/** Long enough for a slider to pass over what nobody stops at. */
const settleMs = 150;

/** The past of one list: its minutes with edits, and the list as it was at the chosen one. Needs the network. */
export class TimeMachine {
  readonly #parts: TimeMachineParts;
  readonly #kept = new KeptPasts();
  #next: number | null = null;
  #cancelFetch: () => void = () => undefined;
  #retry: () => Promise<void>;

  /** The latest first. */
  moments: readonly Moment[] = $state.raw([]);
  /** Which of them is chosen. */
  index = $state.raw(0);
  /** The past that was seen last: that of the chosen moment, or of one before it while that is on its way. Null until one has come. */
  shown: Past | null = $state.raw(null);
  /** Why there is nothing to see, in words; null while all is well. */
  problem: string | null = $state.raw(null);
  hasEarlier = $state.raw(false);
  isBusy = $state.raw(true);

  constructor(parts: TimeMachineParts) {
    this.#parts = parts;
    this.#retry = () => this.load();
  }

  get moment(): Moment | undefined {
    return this.moments[this.index];
  }

  /** Whether what is shown is of the chosen moment. */
  get isCurrent(): boolean {
    return this.shown !== null && this.shown.moment === this.moment;
  }

  /** Reads the latest moments and shows the last of them. Never rejects. */
  async load(): Promise<void> {
    await this.#attempt(
      async () => {
        const { moments, next } = await this.#parts.moments(this.#parts.clock.nowMs() + aheadMs);
        this.#take(moments, next);
      },
      () => this.load(),
    );
    if (this.problem === null) await this.#show(0);
  }

  /** Reads what was before the earliest moment that is known, and goes there. Never rejects. */
  async loadEarlier(): Promise<void> {
    const next = this.#next;
    if (next === null || this.isBusy) return;
    const count = this.moments.length;
    await this.#attempt(
      async () => {
        const earlier = await this.#parts.moments(next);
        this.#take(
          [...this.moments, ...earlier.moments.filter(({ at }) => at < (this.moments.at(-1)?.at ?? at + 1))],
          earlier.next,
        );
      },
      () => this.loadEarlier(),
    );
    if (this.problem === null && this.moments.length > count) await this.#show(count);
  }

  /** Goes to a moment; the list of then follows as soon as nobody moves on. */
  choose(index: number): void {
    if (this.moments[index] === undefined || index === this.index) return;
    this.index = index;
    this.#cancelFetch();
    const kept = this.#kept.get(this.moments[index].at);
    if (kept !== undefined) this.shown = { moment: this.moments[index], items: kept };
    else this.#cancelFetch = this.#parts.clock.schedule(settleMs, () => void this.#show(index));
  }

  /** Tries again what did not work. Never rejects. */
  retry(): Promise<void> {
    return this.#retry();
  }

  dispose(): void {
    this.#cancelFetch();
  }

  #take(moments: readonly Moment[], next: number | null): void {
    this.moments = moments;
    this.#next = next;
    this.hasEarlier = next !== null;
  }

  async #show(index: number): Promise<void> {
    this.index = index;
    const moment = this.moments[index];
    if (moment === undefined) return;
    await this.#attempt(
      async () => {
        const items = this.#kept.get(moment.at) ?? openPast(await this.#parts.document(moment.at));
        this.#kept.keep(moment.at, items);
        // A slow answer about a moment that is no longer wanted must not be shown.
        if (this.moment === moment) this.shown = { moment, items };
      },
      () => this.#show(index),
    );
  }

  async #attempt(call: () => Promise<void>, retry: () => Promise<void>): Promise<void> {
    this.problem = null;
    this.isBusy = true;
    try {
      await call();
    } catch (error) {
      this.#retry = retry;
      this.problem = pastProblemText(error);
    } finally {
      this.isBusy = false;
    }
  }
}

/** The minute that has begun is told by its end, and the server's clock may be ahead of this one. */
const aheadMs = 5 * 60_000;

function pastProblemText(error: unknown): string {
  const code = error instanceof TrolleyError ? error.code : null;
  if (code === 'unavailable') return m.history_offline();
  return code === 'not-found' ? m.history_nothing() : problemText(error);
}
