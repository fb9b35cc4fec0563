import type { ItemId } from '@trolley/shared/document';

const freshMs = 1_600;

/** The row that was added last: it is brought into view and stands out for a moment. */
export class FreshRow {
  id: ItemId | null = $state.raw(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  show(id: ItemId | null): void {
    if (id === null) return;
    this.id = id;
    this.stop();
    this.#timer = setTimeout(() => {
      this.id = null;
    }, freshMs);
    requestAnimationFrame(() => {
      document.getElementById(`item-${id}`)?.scrollIntoView({ block: 'nearest' });
    });
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
