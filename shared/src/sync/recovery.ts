export { bringBack } from './bring-back.ts';
export { fetchList } from './fetch-list.ts';
export { syncClosedList } from './sync-closed-list.ts';
