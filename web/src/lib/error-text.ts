import { errorTable, TrolleyError, type ErrorCode } from '@trolley/shared/protocol';
import { problemText } from '#lib/account/problem-text.ts';
import * as m from '#lib/paraglide/messages.js';

/** What the error page says. */
export interface ErrorText {
  readonly title: string;
  readonly text: string;
  /** True when trying again may help. */
  readonly canRetry: boolean;
}

/** Explains why a page could not be shown, by its route and the code of what went wrong. */
export function errorText(route: string | null, code: ErrorCode | undefined): ErrorText {
  if (route === null) return { title: m.error_title_page(), text: m.error_page(), canRetry: false };
  if (code === undefined) return { title: m.error_title_unexpected(), text: m.error_unexpected(), canRetry: true };
  const canRetry = errorTable[code].isRetryable;
  const isList = route.startsWith('/lists/');
  if (canRetry) {
    const text = isList ? m.error_list_unavailable() : m.problem_unavailable();
    return { title: m.error_title_unavailable(), text, canRetry };
  }
  if (isList) return { title: m.error_title_not_found(), text: m.error_not_found(), canRetry };
  return { title: m.error_title_invite(), text: problemText(new TrolleyError(code, code)), canRetry };
}
