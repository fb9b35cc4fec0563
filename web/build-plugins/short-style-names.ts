import type { Plugin } from 'vite';

/** Names style sheets by their hash alone: the script of a first visit names all of those that come later, 170 bytes (gzip) more with words in them. */
export function shortStyleNames(): Plugin {
  return {
    name: 'trolley:short-style-names',
    apply: 'build',
    applyToEnvironment: ({ name }) => name === 'client',
    outputOptions: ({ assetFileNames: pattern, ...options }) => {
      if (typeof pattern !== 'string') throw new Error('short-style-names: SvelteKit names its files otherwise now');
      const isStyle = (name: string) => name.endsWith('.css');
      const assetFileNames = ({ names }: { names: string[] }) =>
        names.some(isStyle) ? pattern.replace('[name].', '') : pattern;
      return { ...options, assetFileNames };
    },
  };
}
