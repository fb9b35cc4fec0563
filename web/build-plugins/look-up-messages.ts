import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { found } from './replacement.ts';

const messagePath = /\/src\/lib\/paraglide\/messages\/[^_][^/]*\.js$/;
/** Where each of many has a message by its own name, which need not be written a second time. */
const families: readonly { path: string; chosen: RegExp; code: string }[] = [
  {
    path: '/src/lib/list/category-word.ts',
    chosen: /words\[category\]\(\)/,
    code: `export const categoryWord = (category) => message('category_' + category)();`,
  },
  {
    path: '/src/lib/list/unit-word.ts',
    chosen: /words\[unit\]\(\{ count \}\)/,
    code: `export const unitWord = (unit, count) => message('unit_' + unit)({ count });`,
  },
];
const runtimePath = '/src/lib/paraglide/runtime.js';
// As a path: what Paraglide writes is a package of its own, which does not know `#lib`.
const lookUp = fileURLToPath(new URL('../src/lib/i18n/language.svelte.ts', import.meta.url));

/**
 * In the browser each message is looked up in the texts of one language, which are a file of their own; Paraglide would compile every language
 * into each message. What it compiles stands where the start page is prerendered, and gives the types.
 */
export function lookUpMessages(): Plugin {
  return {
    name: 'trolley:look-up-messages',
    applyToEnvironment: ({ name }) => name === 'client',
    transform(source, id) {
      if (id.endsWith(runtimePath)) {
        found(source, /^export let getLocale = /m);
        return { code: `export { currentLanguage as getLocale } from '${lookUp}';`, map: null };
      }
      const family = families.find(({ path }) => id.endsWith(path));
      if (family !== undefined) {
        found(source, family.chosen);
        return { code: `import { message } from '${lookUp}';\n${family.code}`, map: null };
      }
      if (!messagePath.test(id)) return undefined;
      const [, key] = /^export const (\w+) = /.exec(found(source, /^export const \w+ = /m)) ?? [];
      const code = `import { message } from '${lookUp}';\nexport const ${key} = /* @__PURE__ */ message('${key}');`;
      return { code, map: null };
    },
  };
}
