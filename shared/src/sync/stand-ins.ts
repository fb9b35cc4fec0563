/** What stands in for what a browser refuses. Loaded where it does. */
export { MemoryStorage } from './memory-storage.ts';
export { createTabLocks } from './tab-locks.ts';
