// `npm run dev`: the same as `npm start`, reloading what changes.
import { ensureInstalled } from './ensure-installed.mjs';
import { nodePath, runInOurPlace } from './toolchain.mjs';

await ensureInstalled();
await runInOurPlace(nodePath, ['scripts/dev-server.ts']);
