export { bringOpenBack } from './bring-open-back.ts';
export { followPhone } from './follow-phone.ts';
export { fetchUnseen } from './fetch-unseen.ts';
export { fetchList } from './fetch-list.ts';
export { giveLeftEpoch } from './give-left-epoch.ts';
export { syncClosedList } from './sync-closed-list.ts';
export { takeUnstored } from './take-unstored.ts';
