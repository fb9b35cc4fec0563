import type { Change } from '@trolley/shared/document';
import type { OpenScreen } from '#lib/list/open-screen.ts';
import { refusalText } from '#lib/list/refusal-text.ts';
import * as m from '#lib/paraglide/messages.js';

/** Puts so many things back on the list as one edit, says so and offers to take it back. Says it kindly when there is no room, and nothing has changed. */
export function putAllBack(screen: OpenScreen, count: number, act: () => Change | null): void {
  try {
    const change = act();
    if (change !== null) tellAllBack(screen, count, change);
  } catch (error) {
    screen.toaster.show({ text: refusalText(error) });
  }
}

/** Says that so many things are back on the list, and offers to take it back. */
export function tellAllBack({ editing, toaster }: OpenScreen, count: number, change: Change): void {
  const run = () => {
    editing.takeBack(change);
  };
  toaster.show({ text: m.history_all_back({ count }), action: { label: m.notice_undo(), run } });
}
