/** The symbols that `app.html` holds: as markup they are there with the first frame, and are no part of the scripts. */
export const iconNames = [
  'archive',
  'back',
  'basket',
  'check',
  'chevron',
  'clock',
  'close',
  'copy',
  'eye',
  'forward',
  'grip',
  'keys',
  'minus',
  'more',
  'move',
  'offline',
  'pencil',
  'people',
  'person',
  'plus',
  'restore',
  'share',
  'trash',
  'up',
] as const;

export type IconName = (typeof iconNames)[number];
