/** What can lie over the list, besides the details of an item. */
export type SheetName =
  | 'none'
  | 'menu'
  | 'removed'
  | 'share'
  | 'keys'
  | 'settings'
  | 'template'
  | 'transfer'
  | 'staples'
  | 'history'
  | 'stores'
  | 'trips'
  | 'here';
