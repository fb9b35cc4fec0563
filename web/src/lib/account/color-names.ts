import * as m from '#lib/paraglide/messages.js';

/** What the colours of people are called, by index. */
export const colorNames: readonly (() => string)[] = [
  m.color_0,
  m.color_1,
  m.color_2,
  m.color_3,
  m.color_4,
  m.color_5,
  m.color_6,
  m.color_7,
  m.color_8,
  m.color_9,
  m.color_10,
  m.color_11,
  m.color_12,
  m.color_13,
  m.color_14,
  m.color_15,
];
