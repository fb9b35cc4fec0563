export { readAisles, type Aisles } from './aisles.ts';
export { shoppingBounds } from './bounds.ts';
export { finishShopping, type FinishedTrip } from './finish-shopping.ts';
export { readItemStores, readStores } from './read-stores.ts';
export { readTrips } from './read-trips.ts';
export { addStore, moveAisle, removeStore, renameStore, resetAisles, setItemStore } from './store-commands.ts';
export { isStoreId, type StoreId } from './store-id.ts';
export { anyStore, type Store } from './store.ts';
export type { BoughtItem, Trip } from './trip.ts';
