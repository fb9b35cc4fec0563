import { fromMinute, type Minute } from '@trolley/shared/document';
import * as m from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { relativeTime } from '#lib/ui/relative-time.ts';

/** When a stamp was, in words: `just now`, `5 min ago`. */
export function timeText(at: Minute, nowMs: number): string {
  return relativeTime(fromMinute(at), nowMs, getLocale()) ?? m.list_just_now();
}
