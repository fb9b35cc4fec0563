import type { DeleteOutline } from '../guard/read-update.ts';

interface Span {
  readonly clock: number;
  end: number;
}

/** Which clocks of which clients are in any of many ranges. Asking takes the logarithm of how many there are, whoever made them. */
export class ClockRanges {
  readonly #spans = new Map<number, Span[]>();

  constructor(ranges: readonly DeleteOutline[]) {
    for (const { client, clock, end } of ranges.toSorted((a, b) => a.clock - b.clock)) {
      const spans = this.#spans.get(client) ?? [];
      const last = spans.at(-1);
      if (last !== undefined && clock <= last.end) last.end = Math.max(last.end, end);
      else spans.push({ clock, end });
      this.#spans.set(client, spans);
    }
  }

  /** Whether all clocks of this range are in. */
  covers({ client, clock, end }: DeleteOutline): boolean {
    const spans = this.#spans.get(client) ?? [];
    let [low, high] = [0, spans.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((spans[middle]?.clock ?? 0) <= clock) low = middle + 1;
      else high = middle;
    }
    return (spans[low - 1]?.end ?? 0) >= end;
  }
}
