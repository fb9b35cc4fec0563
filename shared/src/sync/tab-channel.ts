import { z } from 'zod/mini';
import { listIdSchema, type ListId } from '../protocol/index.ts';

/** What tabs of one browser tell each other. They share one storage, so everything said here is already stored. */
export type TabMessage =
  | { kind: 'edited'; list: ListId; epoch: number; update: Uint8Array }
  | { kind: 'outbox-changed'; list: ListId }
  | { kind: 'lists-changed' };

/** Reaches the other tabs, never the own. */
export interface TabChannel {
  post(message: TabMessage): void;
  /** Returns how to stop. */
  listen(listener: (message: TabMessage) => void): () => void;
  close(): void;
}

/** Parsed like any other input: a tab of an older version may still be open. */
const tabMessageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('edited'), list: listIdSchema, epoch: z.int(), update: z.instanceof(Uint8Array) }),
  z.object({ kind: z.literal('outbox-changed'), list: listIdSchema }),
  z.object({ kind: z.literal('lists-changed') }),
]);

/** Tabs joined by the browser's BroadcastChannel. */
export function createTabChannel(name: string): TabChannel {
  const channel = new BroadcastChannel(name);
  return {
    post(message) {
      channel.postMessage(message);
    },
    listen(listener) {
      const onMessage = (event: MessageEvent) => {
        const parsed = tabMessageSchema.safeParse(event.data);
        if (parsed.success) listener(parsed.data);
      };
      channel.addEventListener('message', onMessage);
      return () => {
        channel.removeEventListener('message', onMessage);
      };
    },
    close() {
      channel.close();
    },
  };
}
