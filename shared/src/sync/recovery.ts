export { bringBack } from './bring-back.ts';
export { syncClosedList } from './sync-closed-list.ts';
