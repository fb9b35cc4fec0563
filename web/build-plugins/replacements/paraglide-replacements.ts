import { found, type Replacement } from '../replacement.ts';

export const paraglideReplacements: readonly Replacement[] = [
  {
    // Each message asks at run time for the language. There is one, so the question and all ways to answer it (cookies, addresses, headers)
    // fall away. A second language in the settings fails the build here, and takes this replacement with it.
    path: '/src/lib/paraglide/runtime.js',
    replace: (source) => {
      found(source, /locales = \/\*\* @type \{const\} \*\/ \(\["en"\]\)/);
      return `export const baseLocale = 'en', experimentalStaticLocale = 'en', getLocale = () => 'en';`;
    },
  },
];
