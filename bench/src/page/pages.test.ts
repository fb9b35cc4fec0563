import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { assumptions } from '../capacity/assumptions.ts';
import { capacityReport } from '../capacity/report.ts';
import { reportOf } from '../sync/report.ts';
import type { Results } from '../sync/results.ts';
import { readResults } from '../sync/results-file.ts';
import { files } from './files.ts';
import { renderPage } from './write-page.ts';

it.each([
  ['bench/README.md', 'npm run bench -- sync --report', files.readme, reportOf],
  [
    'docs/scaling.md',
    'npm run bench -- capacity',
    files.scaling,
    (results: Results) => capacityReport(results, assumptions),
  ],
])('%s says what %s writes from bench/results.json', async (_name, _command, page, report) => {
  expect(readFileSync(page.path, 'utf8')).toBe(await renderPage(page, report(readResults())));
});
