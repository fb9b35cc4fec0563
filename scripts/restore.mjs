// `npm run restore`: what a backup holds, into a store.
import { ensureInstalled } from './ensure-installed.mjs';
import { nodePath, runInOurPlace } from './toolchain.mjs';

await ensureInstalled();
await runInOurPlace(nodePath, ['api/src/backup/main.ts', 'restore', ...process.argv.slice(2)]);
