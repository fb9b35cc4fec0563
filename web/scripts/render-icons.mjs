/**
 * Renders the PNG icons from their SVG sources with an installed Chromium: `node scripts/render-icons.mjs`. Run it by hand after a change to
 * an SVG; the results are committed.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const chromium = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const icons = fileURLToPath(new URL('../static/icons/', import.meta.url));
const renderings = [
  { source: 'icon.svg', target: 'icon-192.png', size: 192 },
  { source: 'icon.svg', target: 'icon-512.png', size: 512 },
  { source: 'maskable.svg', target: 'maskable-512.png', size: 512 },
  { source: 'maskable.svg', target: 'apple-touch-icon.png', size: 180 },
];

const scratch = mkdtempSync(join(tmpdir(), 'trolley-icons-'));
for (const { source, target, size } of renderings) {
  const page = join(scratch, `${target}.html`);
  const image = pathToFileURL(join(icons, source)).href;
  writeFileSync(page, `<style>body { margin: 0 } img { display: block; width: ${size}px }</style><img src="${image}">`);
  execFileSync(
    chromium,
    [
      '--headless',
      '--no-sandbox',
      '--hide-scrollbars',
      '--force-device-scale-factor=1',
      '--default-background-color=00000000',
      '--allow-file-access-from-files',
      `--user-data-dir=${join(scratch, 'profile')}`,
      `--window-size=${size},${size}`,
      `--screenshot=${join(icons, target)}`,
      pathToFileURL(page).href,
    ],
    { stdio: 'ignore' },
  );
}
rmSync(scratch, { recursive: true });
