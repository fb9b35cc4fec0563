/** The list itself; the page that says that the texts are missing is hidden beside it. */
export const listSelector = 'main:not([hidden])';
/** Rows of the list, in the order in which they are read. */
export const rowSelector = 'main li[id^="item-"]';
/** Where items are added. */
export const addFieldSelector = '.dock form input';
/** What is offered above it. */
export const suggestionSelector = '.dock li button';
/** The other lists, where they stand beside this one. */
export const otherListsSelector = 'nav li > a';

/** Whether keys that are pressed there write something. */
export function isField(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button'].includes(target.type);
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLElement && target.isContentEditable;
}
