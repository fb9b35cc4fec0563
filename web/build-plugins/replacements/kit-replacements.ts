import { replaceFound, type Replacement } from '../replacement.ts';

export const kitReplacements: readonly Replacement[] = [
  {
    // What a page's `load` fetched while it was rendered comes from there; ours ask the phone's storage and the server by themselves.
    path: '/@sveltejs/kit/src/runtime/client/fetcher.js',
    replace: () =>
      [
        'const plain = (resource, init) => fetch(resource, init);',
        'export { plain as dev_fetch, plain as initial_fetch };',
        'export const subsequent_fetch = (_resource, resolved, init) => fetch(resolved, init);',
        'export const lock_fetch = () => undefined, unlock_fetch = lock_fetch;',
      ].join('\n'),
  },
  {
    // No page asks for a snapshot of its form fields: a draft lives with what it edits.
    path: '/@sveltejs/kit/src/runtime/client/snapshots.js',
    replace: () =>
      [
        'const nothing = () => undefined;',
        'export { nothing as current_registrations, nothing as init_snapshots, nothing as capture_navigation_snapshot };',
        'export { nothing as restore_navigation_snapshot, nothing as delete_navigation_snapshot };',
        'export { nothing as persist_navigation_snapshots, nothing as snapshot };',
      ].join('\n'),
  },
  {
    path: '/@sveltejs/kit/src/runtime/client/client.js',
    replace: (source) => withoutForms(withoutPreloading(withoutRequests(withoutServerData(source)))),
  },
];

/** There is no server that would load data for a page: the app is static files. */
function withoutServerData(source: string): string {
  return replaceFound(
    source,
    /^async function load_data\(.*\) \{\n[^]*?^\}\n/m,
    `function load_data() { throw new Error('data of server load functions is left out'); }`,
  );
}

/** A page's `load` never fetches, so nothing is to be read out of its requests. */
function withoutRequests(source: string): string {
  return replaceFound(source, /^(\t+)async fetch\(resource, init\) \{\n[^]*?^\1\},\n/m, '');
}

/** No link asks to be loaded before it is tapped: all pages come from the phone itself. */
function withoutPreloading(source: string): string {
  return replaceFound(source, /^function setup_preload\(\) \{\n[^]*?^\}\n/m, 'function setup_preload() {}\n');
}

/** Forms are commands here, never a way to another page. */
function withoutForms(source: string): string {
  return replaceFound(source, /^(\t+)container\.addEventListener\('submit', [^]*?^\1\}\);\n/m, '');
}
