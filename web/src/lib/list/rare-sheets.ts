import type { Component } from 'svelte';
import type { OpenScreen } from './open-screen.ts';

export interface RareSheetProps {
  screen: OpenScreen;
  /** The list is none of this person's any more. */
  onleft: () => void;
  onclose: () => void;
}

export type RareSheetName = 'keys' | 'history' | 'share' | 'stores' | 'trips' | 'here';

/** Sheets that are opened seldom: each is loaded when it is. */
export const rareSheets: Readonly<Record<RareSheetName, () => Promise<{ default: Component<RareSheetProps> }>>> = {
  keys: () => import('#lib/comforts/KeysSheet.svelte'),
  history: () => import('#lib/history/TimeMachine.svelte'),
  share: () => import('#lib/sharing/ShareSheet.svelte'),
  stores: () => import('#lib/shopping/StoreSheets.svelte'),
  trips: () => import('#lib/shopping/TripsSheet.svelte'),
  here: () => import('#lib/shopping/HereSheet.svelte'),
};
