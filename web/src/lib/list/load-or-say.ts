import * as m from '#lib/paraglide/messages.js';
import type { Toaster } from '#lib/ui/toaster.svelte.ts';

/** Loads code that somebody waits for. Says it kindly, and answers null, where it cannot be had: there is no network, and this browser keeps no files. */
export async function loadOrSay<T>(load: () => Promise<T>, toaster: Pick<Toaster, 'show'>): Promise<T | null> {
  try {
    return await load();
  } catch {
    toaster.show({ text: m.problem_unavailable() });
    return null;
  }
}
