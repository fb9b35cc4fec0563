// `npm run chaos`: breaks a real cluster in each way, ten times (CHAOS_ROUNDS), and prints how long it took to heal. CHAOS_SEED repeats a round.
import { build } from './build.mjs';
import { ensureInstalled } from './ensure-installed.mjs';
import { environment, nodePath, run, toolPath } from './toolchain.mjs';

await ensureInstalled();
await build();
const args = [toolPath('vitest'), 'run', '--project', 'chaos', ...process.argv.slice(2)];
const { code } = await run(nodePath, args, { env: { CHAOS_ROUNDS: '10', ...environment } });
process.exitCode = code;
