import type { ListEvent, ListEvents } from '@trolley/shared/protocol';
import type { Logger } from 'pino';

/** Both ends of the api's announcements: its rooms announce, relays subscribe. */
export interface Announcements extends ListEvents {
  /** Tells every subscriber, in order. Called after the commit, so that nobody hears of what a crash can take back. */
  announce(event: ListEvent): void;
}

/** Announcements within one process. A subscriber that throws is logged and keeps neither the others nor the announcer from going on. */
export function createAnnouncements(logger: Logger): Announcements {
  const listeners = new Set<(event: ListEvent) => void>();
  return {
    announce: (event) => {
      for (const listener of listeners) {
        try {
          listener(event);
        } catch (error) {
          logger.error({ err: error, kind: event.kind }, 'a subscriber to list events failed');
        }
      }
    },
    subscribe: (listener) => {
      // A wrapper of its own, so that one function subscribed twice is told twice and each subscription ends by itself.
      const own = (event: ListEvent): void => {
        listener(event);
      };
      listeners.add(own);
      return () => {
        listeners.delete(own);
      };
    },
  };
}
