// `npm run jobs`: what is in line, what has failed for good, and doing that after all.
import { ensureInstalled } from './ensure-installed.mjs';
import { nodePath, runInOurPlace } from './toolchain.mjs';

await ensureInstalled();
await runInOurPlace(nodePath, ['api/src/jobs/main.ts', ...process.argv.slice(2)]);
