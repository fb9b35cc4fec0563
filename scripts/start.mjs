// `npm start`: everything in one process, from a fresh clone, on any Node from 20 up.
import { build } from './build.mjs';
import { ensureInstalled } from './ensure-installed.mjs';
import { nodePath, runInOurPlace } from './toolchain.mjs';

await ensureInstalled();
await build();
await runInOurPlace(nodePath, ['standalone/src/main.ts']);
