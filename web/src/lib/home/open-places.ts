import type { Trolley } from '#lib/sync/trolley.ts';
import { KeptPlaces } from './kept-places.svelte.ts';
import { exchangePlaces } from './places-api.ts';

/** Where this person keeps their lists. */
export function openPlaces({ client, account }: Trolley): KeptPlaces {
  return new KeptPlaces({
    storage: localStorageOrNull(),
    nowMs: () => client.nowMs,
    lists: async () => (await client.lists()).map(({ list }) => list),
    hasSession: () => account.hasSession,
    exchange: exchangePlaces,
  });
}

/** Keeps them in step with the server and with other tabs. Returns how to stop. */
export function followPlaces(places: KeptPlaces, { client }: Trolley): () => void {
  const exchange = () => void places.exchange();
  const exchangeWaiting = async () => {
    const lists = await client.lists();
    // A list that was begun here is known to the server only now.
    if (places.isWaiting(lists.map(({ list }) => list))) await places.exchange();
  };
  const readAgain = () => {
    places.readAgain();
  };
  const stops = [
    client.onLists(() => void exchangeWaiting()),
    client.onStatus((status) => {
      if (status === 'online') exchange();
    }),
  ];
  window.addEventListener('storage', readAgain);
  window.addEventListener('focus', exchange);
  window.addEventListener('online', exchange);
  exchange();
  return () => {
    for (const stop of stops) stop();
    window.removeEventListener('storage', readAgain);
    window.removeEventListener('focus', exchange);
    window.removeEventListener('online', exchange);
  };
}

/** Throws nowhere: a browser may refuse even to be asked. */
function localStorageOrNull(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
