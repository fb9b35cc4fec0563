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
    // Which names a page may export is checked while it is built.
    path: '/@sveltejs/kit/src/utils/exports.js',
    replace: () => 'export const validate_page_exports = () => undefined;',
  },
  {
    // What it warns of is a mistake in our code. In development it says so at length; families would be told an address.
    path: '/@sveltejs/kit/src/messages/client-warnings.js',
    replace: (source) => replaceFound(source, /^(export function \w+\(.*\) \{\n)[^]*?^\}\n/gm, '$1}\n'),
  },
  {
    path: '/@sveltejs/kit/src/runtime/client/utils.js',
    replace: withoutLinkOptions,
  },
  {
    path: '/@sveltejs/kit/src/runtime/client/client.js',
    replace: (source) => withoutForms(withoutPreloading(withoutTracking(withoutServerData(source)))),
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

/** A page's `load` is given its `params` and nothing else, so they alone decide whether it runs again. */
function withoutTracking(source: string): string {
  const loadNode = [
    'async function load_node({ loader, params }) {',
    '  const node = await loader();',
    '  const { load, trailingSlash: slash } = node.universal ?? {};',
    '  const data = (await load?.({ params })) ?? null;',
    "  return { node, loader, server: null, universal: load ? { type: 'data', data, uses: {} } : null, data, slash };",
    '}',
  ].join('\n');
  const hasChanged = [
    'function has_changed(_parent, _route, _url, _search, uses, params) {',
    '  return force_invalidation || (!!uses && Object.keys(params).some((name) => params[name] !== current.params[name]));',
    '}',
  ].join('\n');
  const functions: readonly [RegExp, string][] = [
    [/^async function load_node\([^]*?^\}\n/m, `${loadNode}\n`],
    [/^function has_changed\([^]*?^\}\n/m, `${hasChanged}\n`],
    [/^function diff_search_params\([^]*?^\}\n/m, 'function diff_search_params() {}\n'],
  ];
  return functions.reduce((rest, [pattern, by]) => replaceFound(rest, pattern, by), source);
}

/** No link has an attribute that says how SvelteKit should follow it. */
function withoutLinkOptions(source: string): string {
  const options = 'export function get_router_options() { return { reset: true }; }\n';
  return replaceFound(source, /^export function get_router_options\([^]*?^\}\n/m, options);
}

/** No link asks to be loaded before it is tapped: all pages come from the phone itself. */
function withoutPreloading(source: string): string {
  return replaceFound(source, /^function setup_preload\(\) \{\n[^]*?^\}\n/m, 'function setup_preload() {}\n');
}

/** Forms are commands here, never a way to another page. */
function withoutForms(source: string): string {
  return replaceFound(source, /^(\t+)container\.addEventListener\('submit', [^]*?^\1\}\);\n/m, '');
}
