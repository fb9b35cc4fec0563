import { fileURLToPath } from 'node:url';

const path = (fromHere: string) => fileURLToPath(new URL(fromHere, import.meta.url));

/** What the scripts of the bench write, and the section of each page that is theirs. */
export const files = {
  results: path('../../results.json'),
  readme: { path: path('../../README.md'), section: 'sync bench' },
  scaling: { path: path('../../../docs/scaling.md'), section: 'capacity' },
} as const;
