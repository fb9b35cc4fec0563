// `npm run bench`: measures the built app and prints the numbers.
import { build } from './build.mjs';
import { ensureInstalled } from './ensure-installed.mjs';
import { nodePath, runInOurPlace } from './toolchain.mjs';

await ensureInstalled();
await build();
await runInOurPlace(nodePath, ['scripts/run-with-chromium.ts', 'bench/src/main.ts', ...process.argv.slice(2)]);
