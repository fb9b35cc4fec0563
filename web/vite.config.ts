import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import adapter from '@sveltejs/adapter-static';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import { chunkGroups } from './build-plugins/chunk-groups.ts';
import { leaveOut } from './build-plugins/leave-out.ts';
import { withListShell } from './build-plugins/list-shell.ts';
import { lookUpMessages } from './build-plugins/look-up-messages.ts';
import { minifyTwice } from './build-plugins/minify-twice.ts';
import { shortStyleNames } from './build-plugins/short-style-names.ts';

const beforePaintHash = createHash('sha256')
  .update(readFileSync(new URL('./src/before-paint.js', import.meta.url), 'utf8'))
  .digest('base64');

export default defineConfig({
  plugins: [
    { ...leaveOut(), apply: 'build', applyToEnvironment: ({ name }) => name === 'client' },
    minifyTwice(),
    shortStyleNames(),
    paraglideVitePlugin({
      project: './project.inlang',
      outdir: './src/lib/paraglide',
      strategy: ['baseLocale'],
      // A module for each message in development too: `lookUpMessages` replaces them one by one.
      outputStructure: 'message-modules',
    }),
    lookUpMessages(),
    sveltekit({
      adapter: withListShell(adapter({ fallback: '200.html', precompress: true })),
      serviceWorker: { register: false },
      csp: {
        mode: 'hash',
        directives: {
          'default-src': ['self'],
          'script-src': ['self', `sha256-${beforePaintHash}`],
          'style-src': ['self'],
          // The one style attribute there is: SvelteKit's, on the element that tells screen readers of a new page.
          'style-src-attr': ['unsafe-hashes', 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='],
          'img-src': ['self', 'data:'],
          'object-src': ['none'],
          'base-uri': ['none'],
          'form-action': ['self'],
        },
      },
    }),
  ],
  environments: {
    client: {
      build: {
        // Scripts are few and import each other; only a style sheet has to be there before what it is for.
        modulePreload: { resolveDependencies: (_file, files) => files.filter((file) => file.endsWith('.css')) },
        rolldownOptions: {
          output: {
            // `minifyTwice` does it.
            minify: false,
            codeSplitting: { groups: chunkGroups },
          },
        },
      },
    },
  },
});
