import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const source = fileURLToPath(new URL('../..', import.meta.url));
const tokens = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

/** The names that a block of tokens sets. */
function namesIn(selector: string): string[] {
  const start = tokens.indexOf(`${selector} {`);
  expect(start).toBeGreaterThanOrEqual(0);
  const block = tokens.slice(start, tokens.indexOf('\n}', start));
  return [...block.matchAll(/^ {2}(--[\w-]+):/gm)].map(([, name]) => name ?? '');
}

describe('the colours of the themes', () => {
  it('W43 no component asks the system for its theme: the person may have chosen another', () => {
    const files = globSync('**/*.{svelte,css}', { cwd: source });
    const asking = files.filter((file) =>
      /prefers-(?:color-scheme|contrast)/.test(readFileSync(`${source}/${file}`, 'utf8')),
    );
    expect(asking).toEqual([]);
  });

  it('W43 what high contrast changes in the light, it changes in the dark', () => {
    const light = new Set(namesIn('[data-sharp]'));
    const dark = new Set(namesIn("[data-theme='dark'][data-sharp]"));
    expect([...light].filter((name) => !dark.has(name))).toEqual([]);
  });
});
