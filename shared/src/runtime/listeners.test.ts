import { expect, it, vi } from 'vitest';
import { Listeners } from './listeners.ts';

it('P1 a listener that throws keeps nobody else from hearing, and is reported', () => {
  const reported: (() => void)[] = [];
  vi.stubGlobal('queueMicrotask', (report: () => void) => reported.push(report));
  const heard: number[] = [];
  const listeners = new Listeners<number>();
  listeners.add(() => {
    throw new Error('a defect on the screen');
  });
  listeners.add((value) => heard.push(value));
  listeners.emit(7);
  vi.unstubAllGlobals();
  expect(heard).toEqual([7]);
  expect(reported).toHaveLength(1);
  expect(reported[0]).toThrow('a defect on the screen');
});

it('P1 the same callback may listen twice, and stops once', () => {
  const listeners = new Listeners<number>();
  const heard: number[] = [];
  const listen = (value: number) => heard.push(value);
  const stop = listeners.add(listen);
  listeners.add(listen);
  listeners.emit(1);
  stop();
  listeners.emit(2);
  listeners.clear();
  listeners.emit(3);
  expect(heard).toEqual([1, 1, 2]);
});
