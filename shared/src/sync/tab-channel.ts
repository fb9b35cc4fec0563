import * as v from 'valibot';
import { epochSchema, listIdSchema, type ListId } from '../protocol/index.ts';

/** What tabs of one browser tell each other. They share one storage, so everything said here is already stored. */
export type TabMessage =
  | { kind: 'edited'; list: ListId; epoch: number; update: Uint8Array }
  | { kind: 'outbox-changed'; list: ListId }
  /** The stored copy is in another epoch now. */
  | { kind: 'epoch-changed'; list: ListId }
  | { kind: 'lists-changed' };

/** Reaches the other tabs, never the own. */
export interface TabChannel {
  post(message: TabMessage): void;
  /** Returns how to stop. */
  listen(listener: (message: TabMessage) => void): () => void;
  close(): void;
}

/** Parsed like any other input: a tab of an older version may still be open. */
const tabMessageSchema = v.variant('kind', [
  v.object({ kind: v.literal('edited'), list: listIdSchema, epoch: epochSchema, update: v.instance(Uint8Array) }),
  v.object({ kind: v.literal('outbox-changed'), list: listIdSchema }),
  v.object({ kind: v.literal('epoch-changed'), list: listIdSchema }),
  v.object({ kind: v.literal('lists-changed') }),
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
        const parsed = v.safeParse(tabMessageSchema, event.data);
        if (parsed.success) listener(parsed.output);
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
