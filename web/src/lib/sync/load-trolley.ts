import type { Trolley } from './trolley.ts';

/** As `useTrolley`, for the start page, which should come to life before the code that syncs has arrived. */
export async function loadTrolley(): Promise<Trolley> {
  const { useTrolley } = await import('./trolley.ts');
  return useTrolley();
}
