import * as m from '#lib/paraglide/messages.js';
import type { Notice } from './list-editing.ts';

/** What a notice says. */
export function noticeText({ kind, names }: Notice): string {
  const name = names[0] ?? '';
  switch (kind) {
    case 'removed':
      return m.notice_removed({ name });
    case 'removed-elsewhere':
      return names.length === 1
        ? m.notice_removed_elsewhere({ name })
        : m.notice_removed_many_elsewhere({ count: names.length });
    case 'cleared':
      return m.notice_cleared({ count: names.length });
    case 'forgotten':
      return m.notice_forgotten({ name });
  }
}
