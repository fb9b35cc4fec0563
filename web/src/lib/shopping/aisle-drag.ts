/** A row of a list, by where it begins and how high it is. */
export interface RowBox {
  readonly top: number;
  readonly height: number;
}

/** Where among the others a row lands that is let go at `y`: before the first whose middle is further down. */
export function dropIndex(others: readonly RowBox[], y: number): number {
  const index = others.findIndex(({ top, height }) => y < top + height / 2);
  return index === -1 ? others.length : index;
}

/** An order with one element somewhere else. */
export function moved<T>(order: readonly T[], element: T, index: number): readonly T[] {
  return order.filter((other) => other !== element).toSpliced(index, 0, element);
}
