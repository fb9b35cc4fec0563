/** What can lie over the list, besides the details of an item. */
export type SheetName = 'none' | 'menu' | 'removed' | 'share' | 'settings' | 'template' | 'transfer' | 'staples';
