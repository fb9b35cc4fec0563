export { encodeAwareness, readAwareness, type AwarenessEntry } from './awareness-entries.ts';
export { PulledDocument } from './pulled-document.ts';
export {
  encodeAwarenessMessage,
  encodeStateMessage,
  encodeMissingMessage,
  encodeUpdateMessage,
  readSyncMessage,
  type SyncMessage,
} from './sync-message.ts';
