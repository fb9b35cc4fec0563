import { firstEmoji, listColors, type ListColor } from '@trolley/shared/document';
import * as m from '#lib/paraglide/messages.js';

/** What the colours of lists are called. */
export const colorText: Readonly<Record<ListColor, () => string>> = {
  leaf: m.look_leaf,
  sky: m.look_sky,
  plum: m.look_plum,
  rose: m.look_rose,
  tomato: m.look_tomato,
  amber: m.look_amber,
  sand: m.look_sand,
  stone: m.look_stone,
};

/** What is offered for a list; null is none. */
export const colorChoices: readonly (ListColor | null)[] = [null, ...listColors];

const offered = ['🛒', '🥕', '🍞', '🧀', '🐟', '🍝', '🧁', '🍷', '🧴', '💊', '🐾', '🛠️', '🪴', '🎁', '🎉', '🏕️'];

/** What is offered for a list; an emoji of one's own is the last, and `''` is none. */
export function emojiChoices(chosen: string): readonly string[] {
  return chosen === '' || offered.includes(chosen) ? ['', ...offered] : ['', ...offered, chosen];
}

/** The emoji in what somebody has typed; empty when there is none. */
export function readTypedEmoji(typed: string): string {
  return firstEmoji(typed);
}

/** A colour that none of these lists has; null when there is none left. */
export function freeColor(lists: readonly { look: { color: ListColor | null } }[]): ListColor | null {
  return listColors.find((color) => lists.every(({ look }) => look.color !== color)) ?? null;
}
