import { paraglideVitePlugin } from '@inlang/paraglide-js';
import adapter from '@sveltejs/adapter-static';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import { leaveOut } from './build-plugins/leave-out.ts';

export default defineConfig({
  plugins: [
    leaveOut(),
    paraglideVitePlugin({
      project: './project.inlang',
      outdir: './src/lib/paraglide',
      strategy: ['baseLocale'],
    }),
    sveltekit({
      adapter: adapter({ fallback: '200.html' }),
      serviceWorker: { register: false },
      csp: {
        mode: 'hash',
        directives: {
          'default-src': ['self'],
          'script-src': ['self'],
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
        rolldownOptions: {
          output: {
            // What every page shares as one file: a cold start on a slow phone spends more time on many small ones than on reading them.
            codeSplitting: {
              groups: [
                {
                  name: 'base',
                  test: /web\/src\/lib\/(?:ui|paraglide)\/|node_modules\/(?:svelte|zod|clsx)\/|shared\/src\/protocol\//,
                  minShareCount: 2,
                },
              ],
            },
          },
        },
      },
    },
  },
});
