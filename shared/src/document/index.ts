export { addItem, type AddedItem, type Listed } from './commands/add-item.ts';
export { addItems, type AddedItems } from './commands/add-items.ts';
export { bringBackItems, type PastItem } from './commands/bring-back-items.ts';
export { copyProducts } from './commands/copy-products.ts';
export { renameItem, setAmount, setCategory, setNote, setStaple } from './commands/edit-item.ts';
export { createList, renameList, setListLook } from './commands/list-commands.ts';
export { moveItem } from './commands/move-item.ts';
export { raiseAmount } from './commands/raise-amount.ts';
export type { NewItem } from './commands/new-item.ts';
export {
  clearTicked,
  forgetProduct,
  removeItem,
  removeItems,
  restoreItems,
  type RemovedItem,
} from './commands/remove-items.ts';
export { addStaples, missingStaples } from './commands/staples.ts';
export { tickItem, untickItem } from './commands/tick-item.ts';
export { carryOver } from './epoch/carry-over.ts';
export type { LateEdit } from './epoch/late-edit.ts';
export { keepValues, type EpochValues, type KeyValues } from './epoch/key-values.ts';
export { seedEpoch } from './epoch/seed-epoch.ts';
export { shouldRollOver } from './epoch/should-roll-over.ts';
export { guardReasons, type GuardReason } from './guard/guard-reason.ts';
export { inspectUpdate, type Inspection } from './guard/inspect-update.ts';
export { lastGot } from './last-got.ts';
export { ListDocument, type DocumentChange, type DocumentStats } from './list-document.ts';
export { mergeUpdates } from './merge-updates.ts';
export { addAmounts } from './model/add-amounts.ts';
export { type Amount } from './model/amount.ts';
export { categoryIds, isCategoryId, type CategoryId } from './model/category.ts';
export type { Change, ChangeEntry } from './model/change.ts';
export { isItemId, type ItemId } from './model/item-id.ts';
export type { Author, Item, ListView, Product } from './model/item.ts';
export { firstEmoji, listColors, plainLook, type ListColor, type ListLook } from './model/list-look.ts';
export { fromMinute, toMinute, type Minute } from './model/minute.ts';
export { freshOrderKeys, orderKeyBetween } from './model/order-key.ts';
export { inspectPresence } from './presence/inspect-presence.ts';
export { Presence, type Shopping } from './presence/presence.ts';
export type { ApplyResult, RemoteOrigin } from './replica.ts';
export { prepareSuggest, suggest } from './suggest.ts';
export { usualItems, type UsualItem } from './usual-items.ts';
export { formatAmountIn, unitIds, type AmountStyle } from './text/amount-in-words.ts';
export type { AmountReader } from './text/amount-reader.ts';
export { formatAmount, parseAmount } from './text/amount-text.ts';
export { parseLine, type ParsedLine } from './text/parse-line.ts';
export type { UnitId } from './text/unit-words.ts';
export { undoChange } from './undo/undo-change.ts';
export { readSteps } from './undo/read-steps.ts';
export { UndoStack } from './undo/undo-stack.ts';
