import type { RareSheetName } from './rare-sheets.ts';

/** What can lie over the list, besides the details of an item. */
export type SheetName = 'none' | 'menu' | 'removed' | 'settings' | 'template' | 'transfer' | 'staples' | RareSheetName;
