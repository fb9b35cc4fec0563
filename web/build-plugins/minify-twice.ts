import { minify as minifyByTerser } from 'terser';
import { minify as minifyByOxc, type Plugin } from 'vite';

/**
 * Minifies what phones load with both minifiers, one after the other. Each finds what the other leaves: over the files of a first visit, when
 * this was chosen, Oxc alone gave 111.4 kB (gzip), Terser alone 110.8, both 108.4. The build's own minifier must be switched off.
 */
export function minifyTwice(): Plugin {
  return {
    name: 'trolley:minify-twice',
    apply: 'build',
    applyToEnvironment: ({ name }) => name === 'client',
    renderChunk: {
      order: 'post',
      async handler(code, { fileName }) {
        const byOxc = await minifyByOxc(fileName, code, { module: true });
        const options = { module: true, ecma: 2020, compress: { passes: 3, keep_fargs: false } } as const;
        const { code: minified } = await minifyByTerser(byOxc.code, options);
        return minified === undefined ? null : { code: minified, map: null };
      },
    },
  };
}
