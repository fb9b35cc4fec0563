// Loaded into every measured server before its own code (node --expose-gc --import): at SIGUSR2 it collects garbage and tells what is left.
import { setFlagsFromString } from 'node:v8';

const collections = 4;
/** As V8 has it: after so many collections without a call the code of a function is let go. */
const bytecodeOldAge = 6;

process.on('SIGUSR2', () => {
  // What only the start needed goes with the first reading. By itself it went between two of them: Node's type stripper alone is 3.8 MB.
  setFlagsFromString('--bytecode-old-age=1');
  for (let collected = 0; collected < collections; collected += 1) globalThis.gc?.();
  setFlagsFromString(`--bytecode-old-age=${bytecodeOldAge}`);
  const { heapUsed, external, rss } = process.memoryUsage();
  process.stdout.write(`${JSON.stringify({ probe: 'memory', heapBytes: heapUsed + external, rssBytes: rss })}\n`);
});
