// Loaded into every measured server before its own code (node --expose-gc --import): at SIGUSR2 it collects garbage and tells what is left.
process.on('SIGUSR2', () => {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  process.stdout.write(`${JSON.stringify({ probe: 'memory', heapBytes: heapUsed + external, rssBytes: rss })}\n`);
});
