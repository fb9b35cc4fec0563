/** What this run was started with: read here and nowhere else. */
export const config = {
  /** A Chromium that `npm run bench` found; null leaves the choice to Playwright. */
  chromiumPath: process.env['CHROMIUM_PATH'] ?? null,
  /** Chromium's sandbox refuses to start as root. */
  isRoot: process.getuid?.() === 0,
} as const;
