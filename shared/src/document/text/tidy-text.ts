/**
 * Characters that only mislead in a list: controls, and the ones that override the direction of the text around them.
 * Joiners stay, because emoji and several scripts need them.
 */
const misleading = /[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu;
const misleadingButNewline = /[^\P{Cc}\n]|[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu;

/** One line as it is stored: well-formed, NFC, single spaces, trimmed, at most `maxLength` UTF-16 units. */
export function tidyLine(text: string, maxLength: number): string {
  const visible = text.toWellFormed().replace(/\s+/gu, ' ').replace(misleading, '');
  return cutPolitely(visible.normalize('NFC').replace(/ {2,}/gu, ' ').trim(), maxLength);
}

/** Text of several lines as it is stored: like a line, but its line breaks stay. */
export function tidyNote(text: string, maxLength: number): string {
  const visible = text.toWellFormed().replace(/\r\n?/gu, '\n').replace(misleadingButNewline, '');
  return cutPolitely(visible.normalize('NFC').trim(), maxLength);
}

/** What makes two names the same product: case, width, compatibility forms and spaces do not count. */
export function normaliseName(name: string): string {
  return name.normalize('NFKC').toLowerCase().normalize('NFKC').replace(/\s+/gu, ' ').trim();
}

/** A name as it is searched: accents do not count either, so that `creme` finds `Crème`. */
export function searchForm(name: string): string {
  return normaliseName(name).normalize('NFD').replace(/\p{M}/gu, '');
}

/** Never cuts through what a reader sees as one character, such as an emoji of a family. */
function cutPolitely(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  let end = 0;
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)) {
    if (end + segment.length > maxLength) break;
    end += segment.length;
  }
  return text.slice(0, end).trimEnd();
}
