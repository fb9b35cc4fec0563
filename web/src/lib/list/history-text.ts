import type { Item } from '@trolley/shared/document';
import type { MemberId } from '@trolley/shared/protocol';
import * as m from '#lib/paraglide/messages.js';
import type { NotedChange } from '#lib/journal/journal.ts';
import type { Onlooker } from './item-text.ts';
import { timeText } from './time-text.ts';

const kindText: Readonly<Record<Exclude<NotedChange['kind'], 'removed'>, () => string>> = {
  name: m.item_name,
  quantity: m.item_quantity,
  note: m.item_note,
  category: m.item_category,
};

/** In the details: who added it and when, who changed what of it as far as this phone has seen it, and who put it in the trolley. */
export function historyText(item: Item, onlooker: Onlooker, changes: readonly NotedChange[]): readonly string[] {
  const { nowMs } = onlooker;
  const added = { name: nameOf(item.wantedBy, onlooker), time: timeText(item.wantedAt, nowMs) };
  const sentences: string[] = [
    added.name === null ? m.item_added(added) : m.item_added_by({ ...added, name: added.name }),
  ];
  sentences.push(...changes.flatMap((change) => changeText(change, onlooker)));
  if (item.isTicked && item.gotAt !== null) {
    const got = { name: nameOf(item.gotBy, onlooker), time: timeText(item.gotAt, nowMs) };
    sentences.push(got.name === null ? m.item_got(got) : m.item_got_by({ ...got, name: got.name }));
  }
  return sentences;
}

/** Who took something off the list and when; empty where this phone has not seen it go. */
export function removalText(changes: readonly NotedChange[], onlooker: Onlooker): string {
  const last = changes.at(-1);
  if (last?.kind !== 'removed') return '';
  const time = timeText(last.at, onlooker.nowMs);
  const name = nameOf(last.by, onlooker);
  return name === null ? m.removed_at({ time }) : m.removed_by({ name, time });
}

function changeText({ kind, at, by }: NotedChange, onlooker: Onlooker): string[] {
  if (kind === 'removed') return [];
  const told = { what: kindText[kind](), time: timeText(at, onlooker.nowMs) };
  const name = nameOf(by, onlooker);
  return [name === null ? m.item_changed(told) : m.item_changed_by({ ...told, name })];
}

function nameOf(id: MemberId | null, { self, people }: Onlooker): string | null {
  if (id === null) return null;
  if (id === self) return m.common_you();
  const name = people.get(id)?.name ?? '';
  return name === '' ? null : name;
}
