import { expect, vi } from 'vitest';

/** Looks again and again until `findProblems` finds none. Rejects with those that are left after `timeoutMs`. */
export async function untilNone(findProblems: () => readonly unknown[], timeoutMs: number): Promise<void> {
  const look = () => {
    expect(findProblems()).toEqual([]);
  };
  await vi.waitFor(look, { timeout: timeoutMs, interval: 20 });
}
