import type { bringOpenBack } from './bring-open-back.ts';
import type { fetchList } from './fetch-list.ts';
import type { fetchUnseen } from './fetch-unseen.ts';
import type { followPhone } from './follow-phone.ts';
import type { giveLeftEpoch } from './give-left-epoch.ts';
import type { syncClosedList } from './sync-closed-list.ts';

/**
 * Gets what a tab needs seldom: the way of lists that are not open to the server, of what a restored server has lost, and of a list that this phone
 * has never seen; and of a tab to what another has stored. A browser loads it when it is first needed. Rejects where there is no network for that.
 */
export type LoadRecovery = () => Promise<{
  readonly bringOpenBack: typeof bringOpenBack;
  readonly fetchList: typeof fetchList;
  readonly fetchUnseen: typeof fetchUnseen;
  readonly followPhone: typeof followPhone;
  readonly giveLeftEpoch: typeof giveLeftEpoch;
  readonly syncClosedList: typeof syncClosedList;
}>;
