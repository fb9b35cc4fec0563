import type { bringBack } from './bring-back.ts';
import type { syncClosedList } from './sync-closed-list.ts';

/**
 * Gets what a tab needs seldom: the way of lists that are not open to the server, and of what a restored server has lost. A browser loads it when
 * it is first needed. Rejects where there is no network for that.
 */
export type LoadRecovery = () => Promise<{
  readonly bringBack: typeof bringBack;
  readonly syncClosedList: typeof syncClosedList;
}>;
