// `npm run screens`: takes the pictures in docs/screens anew.
import { build } from './build.mjs';
import { ensureInstalled } from './ensure-installed.mjs';
import { nodePath, runInOurPlace } from './toolchain.mjs';

await ensureInstalled();
await build();
await runInOurPlace(nodePath, ['scripts/run-with-chromium.ts', 'tests/screens/take-screens.ts']);
