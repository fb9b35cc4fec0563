// `npm run bench`: measures the built app and prints the numbers. `npm run bench -- sync` measures the server beside others;
// `npm run bench -- capacity` computes docs/scaling.md from what that has measured.
import { build } from './build.mjs';
import { ensureInstalled } from './ensure-installed.mjs';
import { nodePath, runInOurPlace } from './toolchain.mjs';

const [kind, ...rest] = process.argv.slice(2);
await ensureInstalled();
if (kind === 'capacity') await runInOurPlace(nodePath, ['bench/src/capacity/main.ts', ...rest]);
// The server's one-process form serves the built app.
await build();
if (kind === 'sync') await runInOurPlace(nodePath, ['bench/src/sync/main.ts', ...rest]);
await runInOurPlace(nodePath, ['scripts/run-with-chromium.ts', 'bench/src/main.ts', ...process.argv.slice(2)]);
