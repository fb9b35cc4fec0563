import { ListDocument, type ListView } from '@trolley/shared/document';
import type { History } from './history.ts';
import { isSameState, ownState } from './own-command.ts';

/** What is wrong with how a history has ended, and what the log says of it. */
export async function checkHistory(history: History): Promise<{ problems: string[]; outcome: string }> {
  const heads = await history.store.heads([history.list]);
  if (!heads.has(history.list)) return { problems: ['the list is gone'], outcome: '' };
  const final = new ListDocument();
  const problems = [
    ...applyLog(final, history),
    ...diverged(final, history),
    ...missing(final, history),
    ...mistaken(final, history),
    ...(await stuck(history)),
  ];
  const outcome = describe(final.view);
  final.dispose();
  return { problems, outcome };
}

/** An update may have overtaken what it builds on, but not for good. */
function applyLog(final: ListDocument, { list, store }: History): string[] {
  let waiting = store.current(list);
  for (let isProgress = true; isProgress;) {
    const before = waiting;
    waiting = before.filter((update) => !final.apply(update, 'remote').applied);
    isProgress = waiting.length > 0 && waiting.length < before.length;
  }
  return waiting.map(() => 'the log has an update that does not fit');
}

function diverged(final: ListDocument, { tabs }: History): string[] {
  const wanted = describe(final.view);
  return tabs.flatMap(({ device, tab }) => {
    const state = tab.open?.state.kind ?? 'closed';
    const seen = tab.open === null ? '' : describe(tab.open.document.view);
    return [
      ...(state === 'saved' ? [] : [`${device.name} is still ${state}`]),
      ...(seen === wanted ? [] : [`${device.name} diverged: sees ${seen}, the log says ${wanted}`]),
    ];
  });
}

function missing(final: ListDocument, { made }: History): string[] {
  const before = final.encode();
  for (const update of made.updatesOf(final.epoch)) final.apply(update, 'remote');
  const after = final.encode();
  const isSame = before.length === after.length && before.every((byte, position) => byte === after[position]);
  return isSame ? [] : ['an edit that was made is not in the log'];
}

/** Each item that one device alone has touched is as that device has left it. */
function mistaken(final: ListDocument, { made }: History): string[] {
  return [...made.ownStates].flatMap(([name, wanted]) => {
    const found = ownState(final, name);
    if (isSameState(found, wanted)) return [];
    if (wanted === null) return [`resurrected: ${name}`];
    return [`lost: ${name} should be ${JSON.stringify(wanted)}, is ${JSON.stringify(found)}`];
  });
}

async function stuck({ clock, devices }: History): Promise<string[]> {
  const problems: string[] = [];
  for (const { name, storage } of devices) {
    const waiting = storage.waitingLists();
    await clock.advance(100);
    if ((await waiting).length > 0) problems.push(`${name} has edits that never left`);
  }
  return problems;
}

function describe(view: ListView): string {
  return view.items
    .map(({ name, isTicked, amount, note, category }) =>
      [isTicked ? '[x]' : '[ ]', name, `${String(amount.quantity)}${amount.unit}`, note, category].join(' ').trim(),
    )
    .join(' | ');
}
