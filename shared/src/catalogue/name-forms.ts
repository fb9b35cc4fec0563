import type { Grammar, Rules } from './catalogue-data.ts';

/**
 * Names as they are searched: without case, accents, marks, punctuation or a leading article; in Arabic, whichever alef, ya or ta marbuta is
 * written. One name a line: thousands at once cost a few passes over one text, where one by one they would hold up a slow phone.
 */
export function searchForms(names: string, { spellings }: Grammar): string {
  const plain = names
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}\n]+/gu, ' ')
    .replace(/^ | $/gmu, '');
  return apply(spellings, plain);
}

/** What one and many of a thing have in common, made from search forms, one a line. */
export function nameKeys(forms: string, { endings }: Grammar): string {
  return apply(endings, forms);
}

function apply(rules: Rules, text: string): string {
  return rules.reduce((changed, [pattern, replacement]) => changed.replace(pattern, replacement), text);
}
