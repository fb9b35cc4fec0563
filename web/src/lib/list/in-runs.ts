import { keepList } from './keep-list.ts';

/**
 * Cuts a list into runs of at most `length`, again whenever it has changed. Runs that come out as they were are the same objects, so that a
 * screen need not look at their rows.
 */
export function inRunsOf<T>(length: number): (list: readonly T[]) => readonly (readonly T[])[] {
  let runs: readonly (readonly T[])[] = [];
  return (list) => {
    const before = runs;
    runs = Array.from({ length: Math.max(1, Math.ceil(list.length / length)) }, (_, run) =>
      keepList(list.slice(run * length, (run + 1) * length), before[run]),
    );
    return runs;
  };
}
