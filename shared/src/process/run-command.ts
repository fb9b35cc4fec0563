import { ConfigError } from './settings.ts';

/** Runs a command to its end. What a person can put right ends it with one line and 1, a defect with its stack and 1. */
export async function runCommand(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    console.error(error instanceof ConfigError ? error.message : error);
    process.exitCode = 1;
  }
}
