/** The list as it was, if it has the same elements: by that a screen can tell what it need not look at again. */
export function keepList<T>(list: readonly T[], previous: readonly T[] | undefined): readonly T[] {
  return previous?.length === list.length && list.every((element, index) => element === previous[index])
    ? previous
    : list;
}
