// `npm run dev`: the same as `npm start`, reloading what changes.
import { build } from './build.mjs';
import { ensureInstalled } from './ensure-installed.mjs';
import { nodePath, runInOurPlace } from './toolchain.mjs';

await ensureInstalled();
// The server does not start without a built app, which Vite then serves fresh in its place.
await build();
await runInOurPlace(nodePath, ['scripts/dev-server.ts']);
