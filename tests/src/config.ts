/** What this test run was started with: read here and nowhere else. */
export const config = {
  /** A Chromium that `npm test` found to run; null leaves the choice to Playwright. */
  chromiumPath: process.env['CHROMIUM_PATH'] ?? null,
  /** Chromium's sandbox refuses to start as root. */
  isRoot: process.getuid?.() === 0,
  /** Environment of a server under test: nothing of ours that would change what it does. */
  serverEnvironment: { PATH: process.env['PATH'], HOME: process.env['HOME'], TMPDIR: process.env['TMPDIR'] },
  /** How often each kind of chaos is tried: `npm run chaos` asks for more than one. */
  chaosRounds: Number(process.env['CHAOS_ROUNDS'] ?? 1),
  /** Seed of the first round; the next ones count on. */
  chaosSeed: Number(process.env['CHAOS_SEED'] ?? 1),
} as const;
