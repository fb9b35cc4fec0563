import { randomBytes } from 'node:crypto';
import type { ListDocument } from '@trolley/shared/document';
import {
  createLogId,
  type Append,
  type AppendOutcome,
  type ListId,
  type LogId,
  type LogService,
  type PullResult,
  type Role,
  type UserId,
} from '@trolley/shared/protocol';
import { ListWriter } from './list-writer.ts';
import type { LogHarness } from './log-harness.ts';

/** One rule that every `LogService` keeps to, whatever it stands on. */
export interface LogRule {
  title: string;
  prove: (log: LogUnderTest) => Promise<void>;
}

/** A log with the words in which its rules are told. Without another word, lists are in epoch 0. */
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

  push(userId: UserId, list: ListId, update: Uint8Array, epoch = 0): Append {
    return { userId, list, epoch, update };
  }

  /** What a phone sends of an epoch that a restored store may have lost: all it has. Without another word, no other phone is of that log. */
  pushBack(
    userId: UserId,
    list: ListId,
    document: ListDocument,
    epoch: number,
    lostLog: LogId = createLogId(randomBytes),
  ): Append {
    return { ...this.push(userId, list, document.encode(), epoch), isBulk: true, lostLog };
  }

  async pushOne(userId: UserId, list: ListId, update: Uint8Array, epoch = 0): Promise<AppendOutcome> {
    const [outcome] = await this.service.append([this.push(userId, list, update, epoch)]);
    if (outcome === undefined) throw new Error('The log gave no outcome.');
    return outcome;
  }

  /** Pushes all of a phone's edits, each of which must be taken. */
  async pushAll(userId: UserId, list: ListId, updates: readonly Uint8Array[], epoch = 0): Promise<void> {
    const outcomes = await this.service.append(updates.map((update) => this.push(userId, list, update, epoch)));
    for (const outcome of outcomes) seqOf(outcome);
  }

  pull(userId: UserId, list: ListId, cursor = 0, epoch = 0): Promise<PullResult> {
    return this.service.pull(userId, { list, epoch, cursor });
  }

  /** A phone that opens the list for the first time. */
  async newPhone(userId: UserId, list: ListId): Promise<ListWriter> {
    return new ListWriter(await this.pull(userId, list));
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
