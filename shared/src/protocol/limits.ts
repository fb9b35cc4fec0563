/** Every bound that both sides of the wire must agree on. A bound of one process alone stands in that process's config. */
export const limits = {
  /** One pushed update. Larger edits (a paste of hundreds of lines) are split by the client. */
  maxUpdateBytes: 64 * 1024,
  /** A whole document: a snapshot, or what a phone sends to heal a restored server. */
  maxSnapshotBytes: 1024 * 1024,
  maxItems: 2_000,
  maxNameLength: 120,
  maxNoteLength: 500,
  maxTitleLength: 120,
  maxUnitLength: 20,
  maxQuantity: 99_999,
  /** Awareness bytes of one client: who is editing which item. */
  maxPresenceBytes: 1024,
  /** Longest display name of a person. */
  maxPersonNameLength: 40,
  /** Updates that may be merged in one call: merging is quadratic (research/crdt-schema.md 2c). */
  maxMergedUpdates: 100,
  /** Lists one socket may have open. */
  maxOpenLists: 64,
} as const;
