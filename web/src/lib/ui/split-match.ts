/** A name, cut at the part that was typed: for showing why something is suggested. */
export interface SplitMatch {
  readonly before: string;
  readonly match: string;
  readonly after: string;
}

/** Cuts a text at the first place where `typed` occurs, whatever its case; without one, `match` is empty. */
export function splitMatch(text: string, typed: string): SplitMatch {
  const wanted = typed.trim().toLowerCase();
  const start = wanted === '' ? -1 : text.toLowerCase().indexOf(wanted);
  if (start === -1) return { before: text, match: '', after: '' };
  const end = start + wanted.length;
  return { before: text.slice(0, start), match: text.slice(start, end), after: text.slice(end) };
}
