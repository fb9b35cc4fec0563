/** Cuts a list into runs of at most `length`. */
export function inRuns<T>(list: readonly T[], length: number): readonly (readonly T[])[] {
  if (list.length <= length) return [list];
  return Array.from({ length: Math.ceil(list.length / length) }, (_, run) =>
    list.slice(run * length, (run + 1) * length),
  );
}
