import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { iconNames } from './icon-names.ts';

describe('icon names', () => {
  it('are the symbols that the page holds', () => {
    const page = readFileSync(new URL('../../app.html', import.meta.url), 'utf8');
    const symbols = [...page.matchAll(/<symbol id="icon-(\w+)"/g)].map(([, name]) => name);
    expect(symbols).toEqual([...iconNames]);
  });
});
