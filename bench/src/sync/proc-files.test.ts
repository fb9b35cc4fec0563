import { expect, it } from 'vitest';
import { parseBusyMs } from './machine-load.ts';
import { parseProcessStat, processCpuMs, treeCpuMs } from './process-cpu.ts';

it('the CPU of a process is read, whatever it is called', () => {
  const text = '4711 (a) b (c) S 1234 4711 4711 0 -1 4194560 1 2 3 4 150 50 7 3 20 0 11 0 100 2000 300';
  expect(parseProcessStat(text)).toEqual({ parentId: 1234, ownMs: 2_000, endedChildrenMs: 100 });
});

it('the time that all cores were busy is read, without idle and guest', () => {
  const text = 'cpu  100 10 50 9999 8888 5 5 30 77 66\ncpu0 1 1 1 1 1 1 1 1 1 1\n';
  expect(parseBusyMs(text)).toBe(2_000);
});

it('a process that is gone has used nothing more', () => {
  expect(processCpuMs(2 ** 30)).toBe(0);
  expect(treeCpuMs(2 ** 30)).toBe(0);
});
