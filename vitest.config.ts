import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { leaveOut } from './web/build-plugins/leave-out.ts';

/** Hostile updates are made by a Yjs that can all of what ours is to refuse. */
function wholeYjsForFixtures(): Plugin {
  return {
    name: 'trolley:whole-yjs-for-fixtures',
    enforce: 'pre',
    async resolveId(id, importer) {
      if (id !== 'yjs' || importer?.includes('/fixtures/') !== true) return null;
      const resolved = await this.resolve(id, importer, { skipSelf: true });
      return resolved === null ? null : `${resolved.id}?whole`;
    },
  };
}

const withServices = {
  globalSetup: ['tests/src/provide-services.ts'],
  testTimeout: 60_000,
  hookTimeout: 60_000,
};

export default defineConfig({
  test: {
    allowOnly: false,
    restoreMocks: true,
    // Every core: what a test waits for longest is another process or a timer.
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        // State of the web app lives in `.svelte.ts` files, which only the compiler makes runnable.
        plugins: [svelte({ configFile: false })],
        test: {
          name: 'unit',
          // The embedded database starts in a second, on a machine that does nothing else.
          testTimeout: 20_000,
          include: [
            '{shared,realtime,api,web,standalone,bench}/src/**/*.test.ts',
            'scripts/**/*.test.ts',
            'tests/{src,repository}/**/*.test.ts',
          ],
          exclude: ['**/*.integration.test.ts', '**/node_modules/**'],
        },
      },
      {
        extends: true,
        // The document as phones get it: its libraries without what the build leaves out of them.
        plugins: [wholeYjsForFixtures(), leaveOut()],
        test: {
          name: 'shipped',
          include: ['shared/src/document/**/*.test.ts'],
          server: { deps: { inline: ['yjs', 'lib0', 'y-protocols'] } },
        },
      },
      {
        extends: true,
        test: { name: 'simulation', include: ['tests/simulation/**/*.test.ts'], testTimeout: 300_000 },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts', '{realtime,api,standalone,bench}/src/**/*.integration.test.ts'],
          exclude: ['tests/integration/chaos/**', '**/node_modules/**'],
          ...withServices,
        },
      },
      {
        extends: true,
        test: {
          name: 'engines',
          include: ['tests/engines/**/*.test.ts'],
          globalSetup: ['tests/src/engines/find-engines.ts'],
          testTimeout: 120_000,
        },
      },
      {
        extends: true,
        // One file after the other: how long it takes to heal is part of it.
        test: { name: 'chaos', include: ['tests/integration/chaos/**/*.test.ts'], maxWorkers: 1, ...withServices },
      },
    ],
  },
});
