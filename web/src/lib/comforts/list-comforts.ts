import { systemClock } from '@trolley/shared/protocol';
import type { ItemChanges } from '#lib/list/item-changes.ts';
import type { ListState } from '#lib/list/list-state.svelte.ts';
import { ChangeAnnouncer } from './change-announcer.ts';
import { keepFocus } from './keep-focus.ts';
import { pressKey } from './list-keys.ts';

/** What the screen of a list does for keyboard and ear. */
export interface ListCommands {
  /** Says a sentence to those who listen. */
  readonly say: (sentence: string) => void;
  /** Removes the item whose row has this id. */
  readonly remove: (id: string) => void;
  /** Shows which keys there are. */
  readonly showKeys: () => void;
}

/** Keys, announcements, and a focus that stays: what a list has for those who do without a pointer or a screen. */
export class ListComforts {
  readonly #list: ListState;
  readonly #commands: ListCommands;
  readonly #announcer: ChangeAnnouncer;
  readonly #stopFocus: () => void;

  constructor(list: ListState, commands: ListCommands) {
    this.#list = list;
    this.#commands = commands;
    this.#announcer = new ChangeAnnouncer({
      clock: systemClock,
      say: commands.say,
      nameOf: (memberId) => (memberId === null ? '' : (list.people.get(memberId)?.name ?? '')),
      itemNow: (id) => list.document.item(id),
    });
    this.#stopFocus = keepFocus();
    addEventListener('keydown', this.#onKey);
  }

  note(changes: ItemChanges, isLocal: boolean): void {
    if (isLocal) this.#announcer.noteOwn(changes, this.#list.arrangement.toBuy);
    else this.#announcer.noteRemote(changes);
  }

  press(event: KeyboardEvent): void {
    pressKey(event, this.#commands);
  }

  stop(): void {
    removeEventListener('keydown', this.#onKey);
    this.#stopFocus();
    this.#announcer.stop();
  }

  readonly #onKey = (event: KeyboardEvent) => {
    this.press(event);
  };
}
