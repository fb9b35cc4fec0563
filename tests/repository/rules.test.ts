import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '@trolley/scripts/toolchain';
import { projectFiles } from './tracked-files.ts';

/** Where rules are written down: D document, P protocol, R relay, S store and api, W web. */
const documents = ['ARCHITECTURE.md', 'shared/PROTOCOL.md', 'api/README.md', 'realtime/README.md', 'web/README.md'];
const ruleAtStart = /^\s*(?:[-*]\s+|\|\s*|#+\s+)(?:\*\*|`)?([DPRSW]\d{1,3})\b/gm;
const testTitle = /\b(?:it|test|describe)(?:\.\w+)*(?:\([^()'"`]*\))?\(\s*['"`]((?:[DPRSW]\d{1,3}\b[\s,]*)+)/g;

const testFiles = projectFiles('{shared,realtime,api,web,standalone,tests,bench}/**/*.test.ts');
const proved = new Set(testFiles.flatMap((path) => provedRules(readFileSync(join(root, path), 'utf8'))));
const written = documents.flatMap((path) =>
  existsSync(join(root, path)) ? writtenRules(readFileSync(join(root, path), 'utf8')) : [],
);

describe('the numbered rules', () => {
  it('are each proved by a test whose title begins with it', () => {
    expect(written.filter((rule) => !proved.has(rule))).toEqual([]);
  });

  it('are each written down once', () => {
    expect(written.filter((rule, index) => written.indexOf(rule) !== index)).toEqual([]);
  });

  it('are written down when a test names them', () => {
    const letters = new Set(written.map((rule) => rule.charAt(0)));
    const known = new Set(written);
    expect([...proved].filter((rule) => letters.has(rule.charAt(0)) && !known.has(rule))).toEqual([]);
  });

  it('are found in lists, tables and headings', () => {
    expect(writtenRules('- P1 one\n- **P2** two\n| R3 | three |\n### W4 four\n* `S5`: five\nSee D6 there.')).toEqual([
      'P1',
      'P2',
      'R3',
      'W4',
      'S5',
    ]);
  });

  it('are found in titles, several in one too', () => {
    const code =
      "it('D1 adds', f); test(`R2, R3 relays`, f); it.each([1, 2])('W4 draws', f); describe('S5', f); it('adds D6', f);";
    expect(provedRules(code)).toEqual(['D1', 'R2', 'R3', 'W4', 'S5']);
  });
});

function writtenRules(markdown: string): string[] {
  return [...markdown.matchAll(ruleAtStart)].map(([, rule = '']) => rule);
}

function provedRules(code: string): string[] {
  return [...code.matchAll(testTitle)].flatMap(([, rules = '']) => rules.match(/[DPRSW]\d+/g) ?? []);
}
