import { setFlagsFromString } from 'node:v8';
import { ConfigError } from './settings.ts';

/** A server that runs until it is closed. */
export interface Closable {
  close(): Promise<void>;
}

/**
 * Runs a server for as long as the process lives. What a person can put right ends it with one line and 1, a defect with its stack and 1;
 * SIGINT or SIGTERM closes the server, as soon as it has started, and ends the process with 0, or with 1 if that did not go cleanly.
 */
export async function runProcess(name: string, start: () => Promise<Closable>): Promise<void> {
  // A collection by several threads waits for the last of them, which on few cores may have to wait itself (decision 0025).
  setFlagsFromString('--no-parallel-scavenge');
  // From the beginning: whoever reads that we are ready may ask us to stop before `start` has returned.
  const stopped = firstSignal();
  try {
    const server = await start();
    await stopped;
    await server.close();
    process.exit(0);
  } catch (error) {
    console.error(error instanceof ConfigError ? `${name} cannot start: ${error.message}` : error);
    process.exit(1);
  }
}

/** Signals after the first change nothing: a Ctrl-C reaches us from the terminal, from npm and from the script that started us. */
function firstSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.on('SIGINT', resolve).on('SIGTERM', resolve);
  });
}
