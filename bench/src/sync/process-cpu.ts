import { readdirSync, readFileSync } from 'node:fs';

/** Linux tells times in ticks of a hundredth of a second, whatever the kernel's own clock. */
const msPerTick = 10;

/** What `/proc/<pid>/stat` tells: the time of all its threads, and that of the children whose end it has noted. */
export interface ProcessStat {
  readonly parentId: number;
  readonly ownMs: number;
  readonly endedChildrenMs: number;
}

/** Reads the text of `/proc/<pid>/stat`. The name of the program, in brackets, may hold anything. */
export function parseProcessStat(text: string): ProcessStat {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const ticks = (index: number) => Number(fields[index]);
  return {
    parentId: ticks(1),
    ownMs: (ticks(11) + ticks(12)) * msPerTick,
    endedChildrenMs: (ticks(13) + ticks(14)) * msPerTick,
  };
}

/** Milliseconds of CPU, in user and kernel, that a process and its children have used so far. Linux only. Zero for one that is gone. */
export function treeCpuMs(processId: number): number {
  let totalMs = 0;
  const own = readStat(processId);
  if (own !== null) totalMs += own.ownMs + own.endedChildrenMs;
  for (const { parentId, ownMs } of allProcesses()) if (parentId === processId) totalMs += ownMs;
  return totalMs;
}

/** Milliseconds of CPU that a process without children has used so far. Linux only. */
export function processCpuMs(processId: number): number {
  return readStat(processId)?.ownMs ?? 0;
}

function allProcesses(): ProcessStat[] {
  const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return ids.flatMap((id) => readStat(Number(id)) ?? []);
}

/** Null for a process that has gone meanwhile. */
function readStat(processId: number): ProcessStat | null {
  try {
    return parseProcessStat(readFileSync(`/proc/${processId}/stat`, 'utf8'));
  } catch {
    return null;
  }
}
