import type { Append, AppendOutcome, LogService } from '@trolley/shared/protocol';

const never = () => Promise.reject(new Error('not asked for here'));

/** A log whose batches return when the test says so. */
export class HeldLog implements LogService {
  readonly batches: {
    appends: readonly Append[];
    finish: (outcomes?: AppendOutcome[]) => void;
    fail: (error: Error) => void;
  }[] = [];
  authenticate = never;
  pull = never;
  heads = never;
  roles = never;
  #seq = 0;

  append(appends: readonly Append[]): Promise<AppendOutcome[]> {
    const { promise, resolve, reject } = Promise.withResolvers<AppendOutcome[]>();
    const finish = (outcomes = appends.map(() => this.#next())) => {
      resolve(outcomes);
    };
    this.batches.push({ appends, finish, fail: reject });
    return promise;
  }

  #next(): AppendOutcome {
    this.#seq += 1;
    return { ok: true, value: { epoch: 0, seq: this.#seq } };
  }
}
