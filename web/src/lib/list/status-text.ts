import type { ListSyncState } from '@trolley/shared/sync';
import * as m from '#lib/paraglide/messages.js';

/** Whether edits are on the server, in a word or two. */
export function statusText(sync: ListSyncState): string {
  switch (sync.kind) {
    case 'saved':
      return m.status_saved();
    case 'saving':
      return m.status_saving();
    case 'offline':
      return sync.waiting === 0 ? m.status_offline() : m.status_offline_waiting({ count: sync.waiting });
  }
}
