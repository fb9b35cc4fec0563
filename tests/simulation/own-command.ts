import { addItem, removeItem, setAmount, setNote, type Author, type ListDocument } from '@trolley/shared/document';
import type { SeededRandom } from '@trolley/shared/testing';
import type { MadeEdits, OwnState } from './made-edits.ts';
import { ownPrefix } from './random-command.ts';

/** Does something to an item that belongs to this device alone: at the end it must be as this has left it. Returns what, or null when there was nothing to do. */
export function ownCommand(
  document: ListDocument,
  { made, author, random, owner }: { made: MadeEdits; author: Author; random: SeededRandom; owner: string },
): string | null {
  const prefix = `${ownPrefix}${owner} `;
  const known = [...made.ownStates].filter(([name]) => name.startsWith(prefix));
  const [name, state] =
    known.length === 0 || random.chance(0.4) ? [`${prefix}${String(made.nextOwnNumber())}`, null] : random.pick(known);
  // A tab that is behind would be at odds with its own owner.
  if (!isSameState(ownState(document, name), state)) return null;
  const before = made.count;
  change(document, name, state, author, random);
  if (made.count === before) return null;
  made.noteOwn(name, ownState(document, name));
  return name;
}

/** How an item stands in a document. */
export function ownState(document: ListDocument, name: string): OwnState {
  const item = document.view.items.find((candidate) => candidate.name === name);
  return item === undefined ? null : { quantity: item.amount.quantity, note: item.note };
}

export function isSameState(a: OwnState, b: OwnState): boolean {
  return a?.quantity === b?.quantity && a?.note === b?.note;
}

function change(document: ListDocument, name: string, state: OwnState, author: Author, random: SeededRandom): void {
  const amount = { quantity: 2 + random.integer(9), unit: '' };
  const id = document.view.items.find((item) => item.name === name)?.id;
  if (state === null || id === undefined) addItem(document, { name, amount }, author);
  else if (random.chance(0.3)) removeItem(document, id, author);
  else if (random.chance(0.5)) setAmount(document, id, amount, author);
  else setNote(document, id, `own ${String(random.integer(100))}`, author);
}
