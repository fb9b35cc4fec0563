import { findOrInstallChromium } from './services/chromium.ts';
import { environment, nodePath, run } from './toolchain.mjs';

const env = { ...environment, CHROMIUM_PATH: await findOrInstallChromium() };
const { code } = await run(nodePath, ['bench/src/main.ts', ...process.argv.slice(2)], { env });
process.exitCode = code;
