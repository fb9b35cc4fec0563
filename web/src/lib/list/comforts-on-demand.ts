import type { ListCommands, ListComforts } from '#lib/comforts/list-comforts.ts';
import * as m from '#lib/paraglide/messages.js';
import { onDesk } from '#lib/ui/on-desk.ts';
import type { ListState } from './list-state.svelte.ts';

/**
 * Brings what makes a list good to use by keyboard and by ear: at once on a desk, elsewhere with the first key, the first row that is focused
 * or the first thing to tell. A first visit is faster without it. Returns how to stop.
 */
export function bringComforts(list: ListState, commands: ListCommands): () => void {
  let comforts: Promise<ListComforts | null> | null = null;
  let isLoaded = false;
  let isStopped = false;

  async function load(): Promise<ListComforts | null> {
    const { ListComforts } = await import('#lib/comforts/list-comforts.ts');
    isLoaded = true;
    return isStopped ? null : new ListComforts(list, commands);
  }

  function use(act: (comforts: ListComforts) => void): void {
    comforts ??= load().catch(() => {
      // Without a network, and without having been here before. The next key asks again.
      comforts = null;
      return null;
    });
    void comforts.then((loaded) => {
      if (loaded !== null) act(loaded);
    });
  }

  function onKey(event: KeyboardEvent): void {
    // From then on they listen themselves.
    if (isLoaded) return;
    const isTyped = event.target instanceof HTMLInputElement && event.target.type === 'text';
    if (isTyped && event.key !== 'Escape' && event.key !== 'ArrowUp') return;
    use((loaded) => {
      loaded.press(event);
    });
  }

  function onFocus({ target }: FocusEvent): void {
    if (target instanceof Element && target.closest('main') !== null) use(() => undefined);
  }

  list.onItems = (changes, isLocal) => {
    const [added] = changes.added;
    // By far the most frequent of all changes is said without waiting for the rest.
    if (isLocal && added !== undefined && changes.added.length === 1)
      commands.say(m.list_is_listed({ name: added.name }));
    else if (!isLocal || changes.toggled.length + changes.added.length > 0) {
      use((loaded) => {
        loaded.note(changes, isLocal);
      });
    }
  };
  const stopDesk = onDesk(() => {
    use(() => undefined);
  });
  addEventListener('keydown', onKey);
  addEventListener('focusin', onFocus);
  return () => {
    isStopped = true;
    list.onItems = () => undefined;
    stopDesk();
    removeEventListener('keydown', onKey);
    removeEventListener('focusin', onFocus);
    void comforts?.then((loaded) => loaded?.stop());
  };
}
