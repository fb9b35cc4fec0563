import { expect, it } from 'vitest';
import { hourMs, minuteMs, weekMs } from '../ten-years/sessions.ts';
import { makeWorkload } from '../ten-years/workload.ts';
import { assumptions } from './assumptions.ts';

const weeks = 104;
const dayMs = 24 * hourMs;

it('the family of the assumptions lives as the simulated one does', () => {
  const events = makeWorkload(weeks, 1);
  const days = (weeks * weekMs) / dayMs;
  const opens = events.filter(({ kind }) => kind === 'open');
  const edits = events.filter(({ kind }) => kind !== 'open' && kind !== 'close');
  const openedAtMs = new Map<number, number>();
  let connectedMs = 0;
  for (const { kind, device, atMs } of events) {
    if (kind === 'open') openedAtMs.set(device, atMs);
    if (kind === 'close') connectedMs += atMs - (openedAtMs.get(device) ?? atMs);
  }
  expect(Math.abs(edits.length / days / assumptions.editsADay - 1)).toBeLessThan(0.05);
  expect(Math.abs(opens.length / days / assumptions.opensADay - 1)).toBeLessThan(0.05);
  expect(Math.abs(connectedMs / minuteMs / days / assumptions.connectedMinutesADay - 1)).toBeLessThan(0.05);
});
