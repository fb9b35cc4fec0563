import type { Append, AppendOutcome, ListId, LogService, PullResult, Role, UserId } from '@trolley/shared/protocol';
import type { LogHarness } from './log-harness.ts';

/** One rule that every `LogService` keeps to, whatever it stands on. */
export interface LogRule {
  title: string;
  prove: (log: LogUnderTest) => Promise<void>;
}

/** A log with the words in which its rules are told. All lists are in epoch 0. */
export class LogUnderTest {
  readonly #harness: LogHarness;

  constructor(harness: LogHarness) {
    this.#harness = harness;
  }

  get service(): LogService {
    return this.#harness.log;
  }

  createUser(): Promise<UserId> {
    return this.#harness.createUser();
  }

  async ownList(): Promise<{ owner: UserId; list: ListId }> {
    const owner = await this.#harness.createUser();
    return { owner, list: await this.#harness.createList(owner) };
  }

  setRole(list: ListId, user: UserId, role: Role | null): Promise<void> {
    return this.#harness.setRole(list, user, role);
  }

  push(userId: UserId, list: ListId, update: Uint8Array): Append {
    return { userId, list, epoch: 0, update };
  }

  async pushOne(userId: UserId, list: ListId, update: Uint8Array): Promise<AppendOutcome> {
    const [outcome] = await this.service.append([this.push(userId, list, update)]);
    if (outcome === undefined) throw new Error('The log gave no outcome.');
    return outcome;
  }

  pull(userId: UserId, list: ListId, cursor = 0): Promise<PullResult> {
    return this.service.pull(userId, { list, epoch: 0, cursor });
  }
}

/** The number that an append was given. Throws when it was refused. */
export function seqOf(outcome: AppendOutcome | undefined): number {
  if (outcome?.ok !== true) throw new Error(`refused: ${JSON.stringify(outcome)}`);
  return outcome.value.seq;
}

/** Why an append was refused; `ok` when it was not. */
export function codeOf(outcome: AppendOutcome): string {
  return outcome.ok ? 'ok' : outcome.error.code;
}
