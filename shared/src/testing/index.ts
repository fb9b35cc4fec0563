export { FakeClock, settle } from './fake-clock.ts';
export { MemoryLog, type StoreFault } from './memory-log.ts';
export type { MemoryBackup } from './memory-store.ts';
export { SeededRandom } from './seeded-random.ts';
export { TabsInOneProcess } from './tabs-in-one-process.ts';
