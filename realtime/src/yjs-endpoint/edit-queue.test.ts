import type { PushResult } from '@trolley/shared/protocol';
import { settle } from '@trolley/shared/testing';
import { expect, it } from 'vitest';
import { updatesFor } from '../testing/family.ts';
import { EditQueue } from './edit-queue.ts';

it('R19 a client that edits faster than the log takes it is not read from meanwhile', async () => {
  const fullness: boolean[] = [];
  const waiting: ((result: PushResult) => void)[] = [];
  const queue = new EditQueue({
    push: () => new Promise((resolve) => waiting.push(resolve)),
    onPushed: () => undefined,
    onFailure: (error) => {
      throw error;
    },
    onFullnessChange: (isFull) => fullness.push(isFull),
  });
  const updates = updatesFor(
    1,
    Array.from({ length: 510 }, (_, index) => `Item ${index}`),
  );
  for (const update of updates.slice(0, 501)) queue.offer(update);
  expect([waiting.length, fullness]).toEqual([1, []]);
  for (const update of updates.slice(501)) queue.offer(update);
  expect(fullness).toEqual([true]);
  while (waiting.length > 0) {
    waiting.shift()?.({ epoch: 0, seq: 1 });
    await settle();
  }
  expect(fullness).toEqual([true, false]);
  await queue.whenIdle();
});
