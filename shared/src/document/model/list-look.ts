import { tidyLine } from '../text/tidy-text.ts';

/** What a list can be coloured in. What each looks like is the screen's business. */
export const listColors = ['leaf', 'sky', 'plum', 'rose', 'tomato', 'amber', 'sand', 'stone'] as const;
export type ListColor = (typeof listColors)[number];

/** How a list is told from others at a glance. */
export interface ListLook {
  /** Null: nobody has chosen one. */
  readonly color: ListColor | null;
  /** One emoji; empty for none. */
  readonly emoji: string;
}

export const plainLook: ListLook = { color: null, emoji: '' };

/** The longest emoji there are, families and flags of regions, take about twenty UTF-16 units. */
const maxEmojiLength = 32;
const pictures = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20E3/u;
const colors: ReadonlySet<unknown> = new Set(listColors);

export function isListColor(value: unknown): value is ListColor {
  return colors.has(value);
}

/** The first emoji of a text, as it is stored; empty when there is none. */
export function firstEmoji(text: string): string {
  const segments = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(
    tidyLine(text, 4 * maxEmojiLength),
  );
  return [...segments].map(({ segment }) => segment).find(isPicture) ?? '';
}

/** A value of the document: exactly one emoji, or none. */
export function readEmoji(value: unknown): string {
  if (typeof value !== 'string' || value.length > maxEmojiLength) return '';
  return firstEmoji(value) === value ? value : '';
}

function isPicture(grapheme: string): boolean {
  return grapheme.length <= maxEmojiLength && pictures.test(grapheme);
}
