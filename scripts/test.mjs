// `npm test`: every check there is. `npm test -- lint unit` runs only those.
import { ensureInstalled } from './ensure-installed.mjs';
import { nodePath, runInOurPlace } from './toolchain.mjs';

await ensureInstalled();
await runInOurPlace(nodePath, ['scripts/testing/main.ts', ...process.argv.slice(2)]);
