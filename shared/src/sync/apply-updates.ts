import type { GuardReason, ListDocument, RemoteOrigin } from '../document/index.ts';

/**
 * Applies updates of which some may stand before what they build on: of two logs that became one, say, or own ones that are stored later than what
 * others have built on them. What comes too early is tried again until nothing moves any more. Returns why the rest was refused.
 */
export function applyUpdates(
  document: ListDocument,
  updates: readonly Uint8Array[],
  origin: RemoteOrigin,
): readonly GuardReason[] {
  const refused: GuardReason[] = [];
  for (let waiting = updates; ;) {
    const early = waiting.filter((update) => {
      const result = document.apply(update, origin);
      if (!result.applied && result.reason !== 'gap') refused.push(result.reason);
      return !result.applied && result.reason === 'gap';
    });
    if (early.length === 0 || early.length === waiting.length) return [...refused, ...early.map(() => 'gap' as const)];
    waiting = early;
  }
}
