import type { Plugin } from 'vite';

/** Names style sheets by their hash alone: the script of a first visit names all of those that come later, 170 bytes (gzip) more with words in them. */
export function shortStyleNames(): Plugin {
  return {
    name: 'trolley:short-style-names',
    apply: 'build',
    applyToEnvironment: ({ name }) => name === 'client',
    outputOptions: ({ assetFileNames, ...options }) => ({
      ...options,
      assetFileNames: (asset) => {
        const pattern =
          typeof assetFileNames === 'function' ? assetFileNames(asset) : (assetFileNames ?? '[name].[hash][extname]');
        return asset.names.some((name) => name.endsWith('.css')) ? pattern.replace('[name].', '') : pattern;
      },
    }),
  };
}
