import type { TestProject } from 'vitest/node';
import type { EngineBrowser } from './engine-browser.ts';
import { startFirefoxBrowser } from './firefox-browser.ts';
import { startWebKitBrowser } from './webkit-browser.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Why a browser of another engine cannot be had here; null where it can. */
    engineProblems: Readonly<Record<'Firefox' | 'WebKit', string | null>>;
  }
}

/** Runs once, before the tests in other engines: installs what is missing, where it may. */
export async function setup(project: TestProject): Promise<void> {
  const Firefox = await problemOf(startFirefoxBrowser);
  const WebKit = await problemOf(startWebKitBrowser);
  project.provide('engineProblems', { Firefox, WebKit });
}

/** The app is for every browser, but not every machine has them, can install them, or lets them start. */
async function problemOf(start: () => Promise<EngineBrowser>): Promise<string | null> {
  try {
    await using browser = await start();
    await browser.open('about:blank');
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
