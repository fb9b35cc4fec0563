// `npm run backup`: all that the store holds, into one file.
import { ensureInstalled } from './ensure-installed.mjs';
import { nodePath, runInOurPlace } from './toolchain.mjs';

await ensureInstalled();
await runInOurPlace(nodePath, ['api/src/backup/main.ts', 'backup', ...process.argv.slice(2)]);
