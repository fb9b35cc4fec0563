interface DragHandlers {
  /** The dragged row would come to this index. */
  onmove: (index: number) => void;
  /** It was let go there; null when it was not moved, or given up. */
  onend: (index: number | null) => void;
}

/**
 * Follows a pointer that has gripped a row of a list, and tells between which of the others it is. The rows may change places meanwhile: the
 * window is listened to, because an element that moves loses its pointer.
 */
export function trackDrag(event: PointerEvent, rows: HTMLElement, { onmove, onend }: DragHandlers): void {
  if (event.button !== 0) return;
  event.preventDefault();
  const { pointerId } = event;
  const gripped = event.currentTarget instanceof Element ? event.currentTarget.closest('li') : null;
  let index: number | null = null;
  const listening = new AbortController();
  const { signal } = listening;
  const follow = (move: PointerEvent) => {
    if (move.pointerId !== pointerId) return;
    const at = [...rows.children].filter((row) => row !== gripped && isAbove(row, move.clientY)).length;
    if (at === index) return;
    index = at;
    onmove(at);
  };
  const end = (isKept: boolean) => {
    listening.abort();
    onend(isKept ? index : null);
  };
  const endFor = (isKept: boolean) => (pointer: PointerEvent) => {
    if (pointer.pointerId === pointerId) end(isKept);
  };
  const giveUp = (key: KeyboardEvent) => {
    if (key.key === 'Escape') end(false);
  };
  window.addEventListener('pointermove', follow, { signal });
  window.addEventListener('pointerup', endFor(true), { signal });
  window.addEventListener('pointercancel', endFor(false), { signal });
  window.addEventListener('keydown', giveUp, { signal });
}

function isAbove(row: Element, y: number): boolean {
  const { top, height } = row.getBoundingClientRect();
  return top + height / 2 < y;
}
