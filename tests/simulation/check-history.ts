import type { ListDocument, ListView } from '@trolley/shared/document';
import type { History } from './history.ts';
import { isSameState, ownState } from './own-command.ts';
import { readLog } from './read-log.ts';

/** What is wrong with how a history has ended, and what the log says of it. */
export async function checkHistory(
  history: History,
): Promise<{ problems: string[]; outcome: string; cameBackCount: number }> {
  const final = readLog(history);
  if (final === null) return { problems: ['the list is gone'], outcome: '', cameBackCount: 0 };
  const { document, leftOut } = final;
  const problems = [
    ...leftOut.map(() => 'the log has an update that does not fit'),
    ...diverged(document, history),
    ...missing(document, history),
    ...mistaken(document, history),
    ...(await stuck(history)),
  ];
  const outcome = describe(document.view);
  const cameBackCount = cameBack(document, history).length;
  document.dispose();
  return { problems, outcome, cameBackCount };
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

/** Each item that one device alone has touched is as that device has left it, or has come back as it may. */
function mistaken(final: ListDocument, history: History): string[] {
  const forgiven = new Set(cameBack(final, history));
  return [...history.made.ownStates].flatMap(([name, wanted]) => {
    const found = ownState(final, name);
    if (isSameState(found, wanted) || forgiven.has(name)) return [];
    if (wanted === null) return [`resurrected: ${name}`];
    return [`lost: ${name} should be ${JSON.stringify(wanted)}, is ${JSON.stringify(found)}`];
  });
}

/** Items that are again as they were earlier, where nobody can tell which of the two came later: see `MadeEdits.noteLostEpoch`. */
function cameBack(final: ListDocument, { made }: History): string[] {
  return [...made.ownStates].flatMap(([name, wanted]) => {
    const found = ownState(final, name);
    const isBack = found !== null && (wanted === null ? made.mayComeBack(name) : made.mayBeOutdated(name));
    return isBack && !isSameState(found, wanted) ? [name] : [];
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
