import { findOrInstallChromium } from './services/chromium.ts';
import { environment, nodePath, run } from './toolchain.mjs';

// Runs the script that the arguments name, with a Chromium for it.
const env = { ...environment, CHROMIUM_PATH: await findOrInstallChromium() };
const { code } = await run(nodePath, process.argv.slice(2), { env });
process.exitCode = code;
