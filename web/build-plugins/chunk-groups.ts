import type { Rolldown } from 'vite';

/** What is loaded when it is first needed, although it lies in a folder or a library of which the rest is needed at once. */
const later = [
  /\/lib\/ui\/(?:ColorChoice|DraftField|ErrorScreen|Sheet|TextField|TopBar)\.svelte/,
  /\/lib\/list\/(?:ChooseItems|StaplesSheet|UsualChips|add-many|usual-offer|fetch-all|rare-sheets|staples-now|ItemDetails|ItemSheet|ListMenu|ListSettings|ListSheets|LookFields|look-choices|RecentlyRemoved|TemplateSheet|TransferSheet|make-template|transfer-items|history-text)\./,
  /\/paraglide\/messages\/(?:account_problem|away|history|redo|undo|choose|many|staple|usual|color|error|here_(?!open)|item|join|look|menu|problem_(?!bad_request|unavailable)|removed|share_(?!role)|shop_(?!start|problem)|store|trip)/,
  /\/shared\/src\/(?:document\/shopping\/(?!store-id)|document\/text\/amount-words|document\/(?:usual-items|commands\/(?:add-items|copy-products|staples))|document\/(?:last-got|commands\/bring-back|undo\/(?:read-steps|undo-stack))|sync\/(?:await-connection|bring-back|bring-open-back|encode-confirmed|fetch-list|fetch-unseen|follow-phone|give-left-epoch|list-memory|memory-storage|recovery|stand-ins|sync-closed-list|tab-locks|take-unstored))/,
];

/** What SvelteKit loads before it tells the app of its version, which the rest of it reads as soon as it is loaded. */
const start = [/\/kit\/src\/runtime\/client\/payload\.js/, /preload-helper/];

/** What the start page and a list share: the framework, the look, the words that both use; and the little that the start page has for itself. */
const base = [
  /\/node_modules\/(?:svelte|valibot|@sveltejs\/(?!kit\/src\/runtime\/client\/(?:client-)?entry\.js))/,
  /\/shared\/src\/protocol\//,
  /\/lib\/(?:ui\/|paraglide\/\w+\.js)/,
  /\/paraglide\/messages\/(?:app_name|category|common|home_(?!all_archived|archived?\.|arrange|move|unarchive)|page|problem|share_role|status|unit)/,
  /\/lib\/(?:pwa\/|home\/(?:HomeScreen|ListBadge|Logo|NewListForm|Picture|Welcome|create-list|home-state|returning-visitor)\.)/,
  /\/routes\/\+(?:layout|page|error)\./,
  /\/paraglide\/messages\/(?:picture|update|welcome)_/,
  /\/lib\/(?:list\/(?:StatusChip|category-word|status-text|time-text)|sharing\/role-text|sync\/load-trolley)\./,
];

/** An open list: its screen, its document, its way to the phone's storage and to the server. */
const list = [
  /\/node_modules\/(?:yjs|lib0|y-protocols|fractional-indexing|idb|notepack\.io|socket\.io-\w+|engine\.io-\w+|@socket\.io)\//,
  /\/shared\/src\//,
  /\/lib\/(?:list|sync|catalogue)[/.]/,
  /\/lib\/account\/(?:api-client|auth-api|browser-account|me-api|profile)\./,
  /\/lib\/sharing\/(?:known-people|members-api)\./,
  /\/lib\/(?:refuse|ui\/(?:Toast|toaster|minute-clock))\./,
  /\/routes\/lists\//,
  /\/paraglide\/messages\/(?:access|list|notice)_/,
];

/**
 * The files of a first visit: one for what everything shares, one for all that a list needs. In small ones, as the bundler would cut them, the
 * same code is 5 kB (gzip) larger, and a cold start on a slow phone waits longer for their number than for their size.
 */
export const chunkGroups: Rolldown.CodeSplittingGroup[] = [
  { name: 'start', test: (id) => isOneOf(start, id) },
  { name: 'base', test: (id) => isOneOf(base, id) && !isOneOf(later, id) },
  { name: 'list', test: (id) => isOneOf(list, id) && !isOneOf(later, id) },
];

function isOneOf(patterns: readonly RegExp[], id: string): boolean {
  return patterns.some((pattern) => pattern.test(id));
}
