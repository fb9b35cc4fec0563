import { limits } from '../../protocol/index.ts';
import type { Amount } from '../model/amount.ts';
import { firstReader, type AmountReader } from './amount-reader.ts';
import { tidyLine, tidyNote } from './tidy-text.ts';

/** What a typed or pasted line says. `amount` is null when it says none; then what the list remembers is meant. */
export interface ParsedLine {
  readonly name: string;
  readonly amount: Amount | null;
  readonly note: string;
}

/** A line in parts. `said` is the amount as it was typed. */
interface Parts {
  readonly name: string;
  readonly amount: Amount | null;
  readonly said: string;
  readonly notes: readonly string[];
}

/** Marks that a pasted list puts before its lines: bullets, check boxes, numbering. */
const listMark = /^(?:(?:[-*+•‣◦–—·]|\[[ x]?\]|☐|☑|\d+[.)]) )+/iu;
const noteInParentheses = /^(?<rest>.*\S) ?\((?<note>[^()]+)\)$/u;
/** A comma between two digits is a decimal comma. */
const separator = /(?<!\d)[,،]|[,،](?!\d)/u;
const maxLineLength = limits.maxNameLength + limits.maxNoteLength;

/**
 * Takes a line apart into name, amount and note. Whatever does not look like an amount or a note stays in the name. A second amount becomes
 * a note, so that a name on its own is never taken apart again.
 */
export function parseLine(line: string, reader: AmountReader = firstReader): ParsedLine {
  const { name, amount, notes } = takeApart(tidyLine(line, maxLineLength), reader);
  return {
    name: tidyLine(name, limits.maxNameLength),
    amount,
    note: tidyNote(notes.join(', '), limits.maxNoteLength),
  };
}

function takeApart(line: string, reader: AmountReader): Parts {
  const text = line.replace(listMark, '').trim();
  const { rest = text, note = '' } = noteInParentheses.exec(text)?.groups ?? {};
  const [head = '', ...tail] = [...rest.split(separator), note].map((part) => part.trim());
  const { name, amount, said } = (head === '' ? null : reader.find(head)) ?? firstAmount(head, tail, reader);
  if (head === '' || name === line) return { name: text, amount: null, said: '', notes: [] };
  const inner = takeApart(name, reader);
  const secondAmount = amount === null ? '' : inner.said;
  const notes = [secondAmount, ...inner.notes, ...tail.filter((part) => part !== said)].filter((part) => part !== '');
  return { name: inner.name, amount: amount ?? inner.amount, said: said || inner.said, notes };
}

/** Of the parts behind the name, the first that is an amount and nothing else. */
function firstAmount(name: string, tail: readonly string[], reader: AmountReader): Omit<Parts, 'notes'> {
  for (const said of tail) {
    const amount = reader.read(said);
    if (amount !== null) return { name, amount, said };
  }
  return { name, amount: null, said: '' };
}
