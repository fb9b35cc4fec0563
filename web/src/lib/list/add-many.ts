import {
  addItems,
  addStaples,
  undoChange,
  type AddedItems,
  type Change,
  type ItemId,
  type NewItem,
} from '@trolley/shared/document';
import { limits } from '@trolley/shared/protocol';
import * as m from '#lib/paraglide/messages.js';
import type { OpenScreen } from './open-screen.ts';

/** So long something may go on before the page gets to paint: less than a frame, also where everything takes four times as long. */
const sliceMs = 4;
const lineBreak = /\r\n|[\n\r\u2028\u2029]/u;
/** More of a line is looked at by nobody. */
const maxLineLength = 4 * (limits.maxNameLength + limits.maxNoteLength);

/** What adding many needs of an open list. */
export interface ManyTarget {
  readonly list: Pick<OpenScreen['list'], 'document' | 'canEdit'>;
  readonly editing: Pick<OpenScreen['editing'], 'understand' | 'prepare'>;
  readonly toaster: Pick<OpenScreen['toaster'], 'show'>;
  readonly self: OpenScreen['self'];
  readonly trolley: { readonly client: { readonly nowMs: number } };
}

/**
 * Adds each line of a text, as one edit that can be taken back, and says how many. Works in slices, so that the page stays awake. Answers with
 * the first that was added; null when there was none.
 */
export async function addLines(target: ManyTarget, text: string): Promise<ItemId | null> {
  const { list, editing, toaster } = target;
  const mayEdit = () => list.canEdit;
  if (!mayEdit()) return null;
  await editing.prepare();
  const { items, unread } = await readLines(text.split(lineBreak), (line) => editing.understand(line));
  if (items.length === 0 || !mayEdit()) {
    toaster.show({ text: m.many_nothing() });
    return null;
  }
  const added = addItems(list.document, items, authorOf(target));
  tell(target, { ...added, leftOut: added.leftOut + unread }, added.change);
  return added.added[0] ?? null;
}

/** Adds all staples that are not on the list. */
export function addAllStaples(target: ManyTarget): void {
  const { added, change } = addStaples(target.list.document, authorOf(target));
  if (change !== null) tell(target, { added, listed: 0, leftOut: 0 }, change);
}

/** What the lines say, up to as many things as a list can hold; the rest is only counted. */
async function readLines(
  lines: readonly string[],
  understand: (line: string) => NewItem | null,
): Promise<{ items: NewItem[]; unread: number }> {
  const items: NewItem[] = [];
  const names = new Set<string>();
  let unread = 0;
  let sliceBegan = performance.now();
  for (const line of lines) {
    if (names.size >= limits.maxItems) {
      if (line.trim() !== '') unread += 1;
      continue;
    }
    if (performance.now() - sliceBegan > sliceMs) {
      await nextTask();
      sliceBegan = performance.now();
    }
    const item = understand(line.slice(0, maxLineLength));
    if (item === null) continue;
    items.push(item);
    names.add(item.name.toLowerCase());
  }
  return { items, unread };
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve);
  });
}

function tell(target: ManyTarget, { added, listed, leftOut }: Omit<AddedItems, 'change'>, change: Change | null): void {
  const text = [
    m.many_added({ count: added.length }),
    listed > 0 ? m.many_listed({ count: listed }) : '',
    leftOut > 0 ? m.many_left_out({ count: leftOut }) : '',
  ];
  const run = () => {
    if (change !== null) undoChange(target.list.document, change, authorOf(target));
  };
  target.toaster.show({
    text: text.filter((part) => part !== '').join(' · '),
    ...(change === null ? {} : { action: { label: m.notice_undo(), run } }),
  });
}

function authorOf({ self, trolley }: ManyTarget) {
  return { memberId: self(), nowMs: trolley.client.nowMs };
}
