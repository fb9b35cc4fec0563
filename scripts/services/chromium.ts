import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { nodePath, run, toolPath } from '../toolchain.mjs';
import { findInPath, installDebianPackage, isExecutable, mayInstallDebianPackages } from './executables.mjs';

const commands = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const applications = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

/**
 * Path of a Chromium that runs: the one in CHROMIUM_PATH, an installed one, Playwright's own (downloaded when it is missing), or
 * Debian's package. Throws one clear line when none can be had.
 */
export async function findOrInstallChromium(): Promise<string> {
  const named = process.env['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') {
    if (await runs(named)) return named;
    throw new Error(`CHROMIUM_PATH is ${named}, which does not run.`);
  }
  const path = (await findInstalled()) ?? (await downloadPlaywrightsOwn()) ?? (await installDebians());
  if (path !== null) return path;
  throw new Error('No Chromium was found and none could be installed. Install one, or set CHROMIUM_PATH.');
}

async function findInstalled(): Promise<string | null> {
  const candidates = [...commands.map(findInPath), ...applications, chromium.executablePath()];
  for (const path of candidates) {
    if (path !== null && existsSync(path) && (await runs(path))) return path;
  }
  return null;
}

async function downloadPlaywrightsOwn(): Promise<string | null> {
  console.log('No Chromium is installed: downloading the one of Playwright …');
  const { code, output } = await run(nodePath, [toolPath('playwright-core'), 'install', 'chromium'], {
    output: 'keep',
  });
  if (code !== 0) {
    console.error(output);
    return null;
  }
  const path = chromium.executablePath();
  return (await runs(path)) ? path : null;
}

async function installDebians(): Promise<string | null> {
  if (!mayInstallDebianPackages() || !(await installDebianPackage('chromium'))) return null;
  const path = findInPath('chromium');
  return path !== null && (await runs(path)) ? path : null;
}

/** A browser whose libraries are missing, and a stub that only tells how to install one, both fail at this. */
async function runs(path: string): Promise<boolean> {
  return isExecutable(path) && (await run(path, ['--version'], { output: 'keep' })).code === 0;
}
