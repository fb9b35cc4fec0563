import type { LivedLog } from '@trolley/api/lived-log';
import type { Head, ListId, PullResult, PushResult, UserId } from '@trolley/shared/protocol';

const historyDays = 400;

/** The log of the family's list: the real api's, and where it ends, as broadcasts would have told the phones that are there. */
export class FamilyLog {
  readonly list: ListId;
  readonly members: readonly UserId[];
  readonly #api: LivedLog;
  #head: Head = { epoch: 0, seq: 0 };

  private constructor(api: LivedLog, list: ListId, members: readonly UserId[]) {
    this.#api = api;
    this.list = list;
    this.members = members;
  }

  /** Makes the list at `nowMs`. */
  static async create(api: LivedLog, memberCount: number, nowMs: number): Promise<FamilyLog> {
    api.setTime(nowMs);
    const { list, members } = await api.createList(memberCount);
    return new FamilyLog(api, list, members);
  }

  get head(): Head {
    return this.#head;
  }

  setTime(nowMs: number): void {
    this.#api.setTime(nowMs);
  }

  async pull(userId: UserId, { epoch, seq: cursor }: Head): Promise<PullResult> {
    return this.#api.log.pull(userId, { list: this.list, epoch, cursor });
  }

  /** Pushes one after another, in one batch as a relay collects them. Answers for the last one. */
  async push(userId: UserId, epoch: number, updates: readonly Uint8Array[]): Promise<PushResult> {
    const appends = updates.map((update) => ({ userId, list: this.list, epoch, update }));
    const outcomes = await this.#api.log.append(appends);
    const refused = outcomes.find(({ ok }) => !ok);
    const last = outcomes.at(-1);
    if (refused !== undefined || last?.ok !== true) throw new Error(`refused: ${JSON.stringify(refused)}`);
    this.#head = last.value;
    this.#head = (await this.#api.tendDue()) ?? this.#head;
    return last.value;
  }

  /** What is done every night. */
  async prune(): Promise<void> {
    await this.#api.prune(this.list, historyDays);
  }
}
