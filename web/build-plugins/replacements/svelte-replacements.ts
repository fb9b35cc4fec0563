import type { Replacement } from '../replacement.ts';

export const svelteReplacements: readonly Replacement[] = [
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
    // Makes objects and arrays in `$state` tell of changes inside them. Nothing of ours is in one: `$state.raw` is all that lint lets through.
    path: '/svelte/src/internal/client/proxy.js',
    replace: () => `export const proxy = (value) => value, get_proxied_value = proxy, is = Object.is;`,
  },
  {
    // A class at the top of a module is kept even where nobody asks for it; this app defines no custom elements.
    path: '/svelte/src/internal/client/dom/elements/custom-element.js',
    replace: () => `export const create_custom_element = undefined, attach_shadow = undefined;`,
  },
];
