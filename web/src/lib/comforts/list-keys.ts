import { hasSingleKeys } from '#lib/account/single-keys.ts';
import type { ListCommands } from './list-comforts.ts';
import { addFieldSelector, isField, otherListsSelector, rowSelector, suggestionSelector } from './places.ts';

/** Does what a key asks for on the screen of a list; keys that are none of ours are left alone. */
export function pressKey(event: KeyboardEvent, commands: Pick<ListCommands, 'remove' | 'showKeys'>): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.querySelector('dialog:modal') !== null) return;
  const isDone = isField(event.target) ? pressInField(event) : pressInList(event, commands);
  if (isDone) event.preventDefault();
}

/** Where something is written, only keys that write nothing are ours. */
function pressInField({ key, target }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement) || !target.matches(addFieldSelector)) return false;
  switch (key) {
    case 'ArrowUp':
      return focusOn(document.querySelector<HTMLElement>(suggestionSelector));
    case 'Escape':
      return focusRow(0);
    default:
      return false;
  }
}

function pressInList(event: KeyboardEvent, { remove, showKeys }: Pick<ListCommands, 'remove' | 'showKeys'>): boolean {
  const row = document.activeElement?.closest(rowSelector) ?? null;
  if (pressOnSuggestion(event) || (row !== null && pressOnRow(event, row, remove))) return true;
  // Letters and signs that stand alone can be switched off: who speaks to the computer would press them by accident (WCAG 2.1.4).
  if (!hasSingleKeys()) return false;
  switch (letterOf(event)) {
    case 'n':
    case '/':
      return focusOn(document.querySelector<HTMLElement>(addFieldSelector));
    case 'j':
      return focusRow(1);
    case 'k':
      return focusRow(-1);
    case 'x':
      return click(row?.querySelector('input'));
    case 'J':
      return openList(1);
    case 'K':
      return openList(-1);
    case '?':
      showKeys();
      return true;
    default:
      return false;
  }
}

/** Keys that mean something where a row has the focus. Space ticks and Enter opens where the browser says so. */
function pressOnRow({ key, target }: KeyboardEvent, row: Element, remove: ListCommands['remove']): boolean {
  switch (key) {
    case 'ArrowDown':
      return focusRow(1);
    case 'ArrowUp':
      return focusRow(-1);
    case 'Enter':
      return target instanceof HTMLInputElement && click(row.querySelector<HTMLElement>('.name'));
    case 'Delete':
      if (row.querySelector('input:enabled') === null) return false;
      remove(row.id.slice('item-'.length));
      return true;
    default:
      return false;
  }
}

function pressOnSuggestion({ key, target }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement) || !target.matches(suggestionSelector)) return false;
  const buttons = [...document.querySelectorAll<HTMLElement>(suggestionSelector)];
  const forward = getComputedStyle(target).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowRight':
      return focusOn(buttons[buttons.indexOf(target) + (key === forward ? 1 : -1)]);
    case 'ArrowDown':
    case 'Escape':
      return focusOn(document.querySelector<HTMLElement>(addFieldSelector));
    default:
      return false;
  }
}

/** The letter on the key where other letters than Latin ones are written. */
function letterOf({ key, code, shiftKey }: KeyboardEvent): string {
  if (key === '؟') return '?';
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter === undefined || /^[a-z]$/i.test(key)) return key;
  return shiftKey ? letter : letter.toLowerCase();
}

/** Focuses a row so many places further on; with 0, the one that had the focus last, or the first. */
function focusRow(step: number): boolean {
  const rows = [...document.querySelectorAll(rowSelector)];
  const current = rows.findIndex((row) => row.contains(document.activeElement));
  const next = rows[Math.min(Math.max(current + step, 0), rows.length - 1)];
  return focusOn(next?.querySelector<HTMLElement>('input'));
}

function openList(step: number): boolean {
  const links = [...document.querySelectorAll<HTMLElement>(otherListsSelector)];
  const current = links.findIndex((link) => link.hasAttribute('aria-current'));
  return click(links[current + step]);
}

function focusOn(element: HTMLElement | null | undefined): boolean {
  element?.focus();
  return element !== null && element !== undefined;
}

function click(element: HTMLElement | null | undefined): boolean {
  element?.click();
  return element !== null && element !== undefined;
}
