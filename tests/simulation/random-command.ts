import {
  addItem,
  categoryIds,
  clearTicked,
  moveItem,
  removeItem,
  renameItem,
  restoreItems,
  setAmount,
  setCategory,
  setNote,
  tickItem,
  undoChange,
  untickItem,
  type Author,
  type Change,
  type Item,
  type ItemId,
  type ListDocument,
} from '@trolley/shared/document';
import type { SeededRandom } from '@trolley/shared/testing';

const names = ['Milk', 'Bread', 'Eggs', 'Butter', 'Tea', 'Rice', 'Apples', 'Soap'];

/** Names of these belong to one device: nobody else touches them. */
export const ownPrefix = 'own ';

type Command = (doc: ListDocument, item: Item, author: Author, random: SeededRandom) => Change | null;

/** Each as often as it stands here. */
const commands: readonly Command[] = [
  (doc, item, author) => tickItem(doc, item.id, author),
  (doc, item, author) => tickItem(doc, item.id, author),
  (doc, item, author) => untickItem(doc, item.id, author),
  (doc, item, author, random) => setAmount(doc, item.id, { quantity: 1 + random.integer(9), unit: '' }, author),
  (doc, item, author, random) => setNote(doc, item.id, `note ${String(random.integer(100))}`, author),
  (doc, item, author, random) => setCategory(doc, item.id, random.pick(categoryIds), author),
  (doc, item, author, random) => renameItem(doc, item.id, `${random.pick(names)} ${String(random.integer(9))}`, author),
  (doc, item, author, random) => moveItem(doc, item.id, { after: anotherOf(doc, random) }, author),
  (doc, item, author) => removeItem(doc, item.id, author),
  (doc, _item, author) => clearTicked(doc, author),
  (doc, _item, author, random) =>
    restoreItems(doc, [{ id: random.pick(sharedOf(doc.products())).id, amount: null }], author),
  (doc, item, author) => {
    const change = setNote(doc, item.id, 'soon undone', author);
    return change === null ? null : undoChange(doc, change, author);
  },
];

/** Does one random thing to a list. Returns the change, or null when there was nothing to do. */
export function randomCommand(doc: ListDocument, author: Author, random: SeededRandom): Change | null {
  const shared = sharedOf(doc.view.items);
  if (shared.length === 0 || random.chance(0.25)) return addItem(doc, { name: random.pick(names) }, author).change;
  return random.pick(commands)(doc, random.pick(shared), author, random);
}

function anotherOf(doc: ListDocument, random: SeededRandom): ItemId | null {
  return random.chance(0.3) ? null : random.pick(doc.view.items).id;
}

function sharedOf<T extends { name: string }>(things: readonly T[]): T[] {
  return things.filter(({ name }) => !name.startsWith(ownPrefix));
}
