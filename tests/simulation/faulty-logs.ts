import type { Append, AppendOutcome, LogService } from '@trolley/shared/protocol';
import { MemoryLog, type MemoryBackup } from '@trolley/shared/testing';

type Answer = (appends: readonly Append[], log: LogService) => Promise<AppendOutcome[]>;

/** A log that answers appends in another way than it should: what the simulation is there to find. */
export function withAppend(log: LogService, append: Answer): LogService {
  return {
    authenticate: (credentials) => log.authenticate(credentials),
    pull: (userId, request) => log.pull(userId, request),
    heads: (lists) => log.heads(lists),
    roles: (seats) => log.roles(seats),
    append: (appends) => append(appends, log),
  };
}

/** Says yes to a batch and then sometimes crashes before it commits: the fault that this whole design is there to exclude. */
export function eagerly(crashes: () => boolean): Answer {
  return async (appends, log) => {
    const [first] = appends;
    if (first === undefined || !crashes()) return log.append(appends);
    const heads = await log.heads(appends.map((append) => append.list));
    return appends.map(({ list, epoch }) => ({ ok: true, value: { epoch, seq: (heads.get(list)?.seq ?? 0) + 1 } }));
  };
}

/** Takes edits of a sealed epoch, and carries nothing over. */
export const withoutCarrying: Answer = async (appends, log) => {
  const heads = await log.heads(appends.map((append) => append.list));
  const isLate = ({ list, epoch }: Append) => epoch < (heads.get(list)?.epoch ?? 0);
  const taken = await log.append(appends.filter((append) => !isLate(append)));
  return appends.flatMap((append): AppendOutcome[] => {
    const head = heads.get(append.list);
    if (!isLate(append) || head === undefined) return taken.splice(0, 1);
    return [{ ok: true, value: head, isCarried: true }];
  });
};

/** Does not say that an edit was carried over, so that its bytes go to everybody. */
export const withoutSaying: Answer = async (appends, log) => {
  const outcomes = await log.append(appends);
  return outcomes.map((outcome) => (outcome.ok ? { ok: true, value: outcome.value } : outcome));
};

/** A store that is restored, and goes on under its old name. */
export class NamelessLog extends MemoryLog {
  override restore(backup: MemoryBackup): void {
    this.lose(backup);
  }
}
