import { FakeClock } from '@trolley/shared/testing';
import { expect, it } from 'vitest';
import { SlowClients } from './slow-clients.ts';

const megabyte = 1024 * 1024;

it('R21 drops whoever leaves too much waiting, once, and nobody else', async () => {
  const clock = new FakeClock(0);
  const clients = new SlowClients(clock);
  const dropped: string[] = [];
  const waiting = { quick: 0, slow: 3 * megabyte, gone: 9 * megabyte };
  const watch = (name: keyof typeof waiting) =>
    clients.watch({ bytesWaiting: () => waiting[name], drop: () => dropped.push(name) });
  watch('quick');
  watch('slow');
  watch('gone')();
  await clock.advance(5_000);
  expect(dropped).toEqual([]);
  waiting.slow = 5 * megabyte;
  await clock.advance(5_000);
  expect(dropped).toEqual(['slow']);
  clients.dispose();
  expect(clock.pendingTimers).toBe(0);
});
