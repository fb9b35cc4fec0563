import { ListMemory } from '@trolley/shared/list-memory';
import type { Trolley } from '#lib/sync/trolley.ts';

let memory: ListMemory | null = null;

/** What this phone keeps beside its lists. Made when it is first asked for; then it forgets what belongs to lists that have left the phone. */
export function useMemory({ client }: Trolley): ListMemory {
  memory ??= new ListMemory();
  void tidy(memory, client);
  return memory;
}

async function tidy(kept: ListMemory, client: Trolley['client']): Promise<void> {
  const lists = await client.lists().catch(() => null);
  if (lists !== null) await kept.keepOnly(new Set(lists.map(({ list }) => list)));
}
