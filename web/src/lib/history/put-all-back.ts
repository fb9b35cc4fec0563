import type { Change } from '@trolley/shared/document';
import { TrolleyError } from '@trolley/shared/protocol';
import type { OpenScreen } from '#lib/list/open-screen.ts';
import * as m from '#lib/paraglide/messages.js';

/** Puts so many things back on the list as one edit, says so and offers to take it back. Says it kindly when there is no room, and nothing has changed. */
export function putAllBack({ editing, toaster }: OpenScreen, count: number, act: () => Change | null): void {
  try {
    const change = act();
    if (change === null) return;
    const run = () => {
      editing.takeBack(change);
    };
    toaster.show({ text: m.history_all_back({ count }), action: { label: m.notice_undo(), run } });
  } catch (error) {
    if (!(error instanceof TrolleyError)) throw error;
    toaster.show({ text: error.code === 'too-large' ? m.list_full() : m.problem_bad_request() });
  }
}
