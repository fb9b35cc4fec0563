import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    allowOnly: false,
    restoreMocks: true,
    projects: [
      {
        extends: true,
        // State of the web app lives in `.svelte.ts` files, which only the compiler makes runnable.
        plugins: [svelte({ configFile: false })],
        test: {
          name: 'unit',
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
        test: { name: 'simulation', include: ['tests/simulation/**/*.test.ts'], testTimeout: 300_000 },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts', '{realtime,api,standalone}/src/**/*.integration.test.ts'],
          globalSetup: ['tests/src/provide-postgres.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
