const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** First visible character of a name, in upper case; an empty name gives `?`. */
export function initialOf(name: string): string {
  for (const { segment } of graphemes.segment(name.trim())) return segment.toLocaleUpperCase();
  return '?';
}
