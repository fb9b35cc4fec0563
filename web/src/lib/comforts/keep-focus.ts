import { pause } from '#lib/ui/pause.ts';
import { isField, listSelector, rowSelector } from './places.ts';

/**
 * Keeps the focus in a list whose rows come and go: a row that comes into another aisle takes it along; when what has it is taken away, or
 * goes into the trolley or out of it, the row that comes next has it; where there is none, the list itself. Returns how to stop.
 */
export function keepFocus(): () => void {
  let last: HTMLElement | null = null;
  let rows: readonly Element[] = [];
  let place = -1;
  let item: { readonly rowId: string; readonly isTicked: boolean } | null = null;

  function remember({ target }: { readonly target: EventTarget | null }): void {
    // What lies over the list gives the focus back when it goes.
    if (!(target instanceof HTMLElement) || target.closest('dialog') !== null) return;
    last = target;
    const row = target.closest(rowSelector);
    item = row === null ? null : { rowId: row.id, isTicked: isTicked(row) };
    if (row !== null) void rememberPlace(row);
  }

  /** A tap focuses what it taps, and is not held up by a look at all rows. */
  async function rememberPlace(row: Element): Promise<void> {
    await pause();
    if (!row.isConnected) return;
    rows = [...document.querySelectorAll(rowSelector)];
    place = rows.indexOf(row);
  }

  /** Whoever taps beside everything wants the focus nowhere. */
  function forget({ target }: PointerEvent): void {
    if (target instanceof Node && last?.contains(target) !== true) last = null;
  }

  function restore(): void {
    if (last === null || document.activeElement !== document.body) return;
    const isThere = last.isConnected && last.checkVisibility();
    const next = isThere ? last : (inNewPlace(last) ?? nextTo(rows, place, last) ?? listItself());
    next?.focus({ preventScroll: true });
  }

  /** The control of the same item, in the row that it has now; not where ticking it has brought it. */
  function inNewPlace(gone: HTMLElement): HTMLElement | null {
    const row = item === null ? null : document.getElementById(item.rowId);
    return row !== null && isTicked(row) === item?.isTicked ? controlOf(row, gone) : null;
  }

  remember({ target: document.activeElement });
  const observer = new MutationObserver(restore);
  observer.observe(document.body, { childList: true, subtree: true });
  addEventListener('focusin', remember);
  addEventListener('pointerdown', forget, { capture: true });
  return () => {
    observer.disconnect();
    removeEventListener('focusin', remember);
    removeEventListener('pointerdown', forget, { capture: true });
  };
}

/** The control of a row like the one that is gone, in the next row that is still there, or else in the one before. */
function nextTo(rows: readonly Element[], place: number, gone: HTMLElement): HTMLElement | null {
  const isThere = (row: Element) => row.isConnected && row.checkVisibility();
  const row = rows.slice(place + 1).find(isThere) ?? rows.slice(0, Math.max(place, 0)).findLast(isThere);
  return row === undefined ? null : controlOf(row, gone);
}

function controlOf(row: Element, gone: HTMLElement): HTMLElement | null {
  return row.querySelector<HTMLElement>(isField(gone) || !gone.matches('button') ? 'input' : 'button');
}

function listItself(): HTMLElement | null {
  const list = document.querySelector<HTMLElement>(listSelector);
  list?.setAttribute('tabindex', '-1');
  return list;
}

function isTicked(row: Element): boolean {
  return row.querySelector('input')?.checked === true;
}
