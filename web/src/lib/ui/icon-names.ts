/** The symbols that `app.html` holds: as markup they are there with the first frame, and are no part of the scripts. */
export const iconNames = [
  'back',
  'check',
  'chevron',
  'close',
  'copy',
  'eye',
  'forward',
  'minus',
  'more',
  'offline',
  'pencil',
  'people',
  'person',
  'plus',
  'restore',
  'share',
  'trash',
] as const;

export type IconName = (typeof iconNames)[number];
