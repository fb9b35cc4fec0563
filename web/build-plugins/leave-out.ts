import type { Plugin } from 'vite';

/** A module of a library whose code never runs here, and what stands in its place. */
interface Replacement {
  /** End of the module's path. */
  readonly path: string;
  readonly replace: (source: string) => string;
}

const replacements: readonly Replacement[] = [
  {
    // Trolley speaks WebSocket only, so HTTP long polling and WebTransport are never chosen.
    path: '/engine.io-client/build/esm/transports/index.js',
    replace: () => `import { WS } from './websocket.js'; export const transports = { websocket: WS };`,
  },
  {
    // Socket.IO falls back to its own parser, but is always given the msgpack one, which has all that is imported from it.
    path: '/socket.io-parser/build/esm/index.js',
    replace: () => `export * from 'socket.io-msgpack-parser';`,
  },
  {
    // Yjs prints its few warnings in colour, for which lib0 brings a library of styles, DOM helpers and schemas.
    path: '/lib0/logging.js',
    replace: () =>
      `export const warn = console.warn, print = console.log, ORANGE = '', BOLD = '', UNBOLD = '', RED = '';`,
  },
  {
    // The list document has root maps of plain values; the guard refuses nested types before Yjs would read one.
    path: '/yjs/dist/yjs.mjs',
    replace: (source) => {
      const withoutReaders = replaceFound(source, /const typeRefs = \[[^\]]*\]/, 'const typeRefs = []');
      return replaceFound(
        withoutReaders,
        /this\.get\(name, (?:YText|YXmlElement|YXmlFragment|YArray)\)/g,
        'this.get(name)',
      );
    },
  },
  {
    // SvelteKit writes the state of history entries with it, so that they may hold maps and dates; ours are plain JSON. What else it is
    // for, data of server `load` functions and remote functions, this app does not have.
    path: '/devalue/index.js',
    replace: () => {
      const absent = ['stringifyAsync', 'unflatten', 'uneval'];
      return [
        'export const stringify = (value) => JSON.stringify(value);',
        'export const parse = (json) => JSON.parse(json);',
        'export class DevalueError extends Error {}',
        ...absent.map((name) => `export function ${name}() { throw new Error('devalue.${name} is left out'); }`),
      ].join('\n');
    },
  },
  {
    // A class at the top of a module is kept even where nobody asks for it; this app defines no custom elements.
    path: '/svelte/src/internal/client/dom/elements/custom-element.js',
    replace: () => `export const create_custom_element = undefined, attach_shadow = undefined;`,
  },
];

/** Keeps code out of the bundle that its libraries import but that this app cannot reach: a phone loads some 14 kB (gzip) less. */
export function leaveOut(): Plugin {
  return {
    name: 'trolley:leave-out',
    apply: 'build',
    // The prerendering build runs on our machine, where nothing is too large.
    applyToEnvironment: ({ name }) => name === 'client',
    transform(source, id) {
      const replacement = replacements.find(({ path }) => id.endsWith(path));
      return replacement === undefined ? undefined : { code: replacement.replace(source), map: null };
    },
  };
}

/** Fails the build when a new version of a library has moved what is looked for. */
function replaceFound(source: string, pattern: RegExp, by: string): string {
  const replaced = source.replace(pattern, by);
  if (replaced === source) throw new Error(`leave-out: ${pattern.source} is not in the module any more`);
  return replaced;
}
