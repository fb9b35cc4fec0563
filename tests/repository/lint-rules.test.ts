import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';
import { boundaries } from '@trolley/scripts/lint/boundaries';
import { houseRules } from '@trolley/scripts/lint/house-rules';
import { root } from '@trolley/scripts/toolchain';

interface Fixture {
  rule: string;
  path: string;
  rightPath: string | undefined;
  code: string;
}

const fixtures = readFixtures(readFileSync(join(import.meta.dirname, 'lint-fixtures.md'), 'utf8'));
const eslint = new ESLint({ cwd: root, overrideConfig: { languageOptions: { parserOptions: filesThatDoNotExist() } } });

describe('the linter', { timeout: 60_000 }, () => {
  it.for(fixtures)('reports $rule in $path', async ({ rule, path, code }) => {
    expect(await reportedRules(code, path)).toContain(rule);
  });

  it.for(fixtures.filter(({ rightPath }) => rightPath !== undefined))(
    'does not report $rule in $rightPath',
    async ({ rule, rightPath = '', code }) => {
      expect(await reportedRules(code, rightPath)).not.toContain(rule);
    },
  );

  it('has a fixture for each of our own rules', () => {
    const ours = [...boundaries, ...houseRules].flatMap(({ rules = {} }) => Object.keys(rules));
    const proved = new Set(fixtures.map(({ rule }) => rule));
    expect(ours.filter((rule) => !proved.has(rule))).toEqual([]);
  });
});

async function reportedRules(code: string, path: string): Promise<(string | null)[]> {
  const results = await eslint.lintText(code, { filePath: join(root, path) });
  const messages = results.flatMap((result) => result.messages);
  // Code that could not be read breaks no rule either.
  expect(messages.filter(({ fatal }) => fatal)).toEqual([]);
  return messages.map(({ ruleId }) => ruleId);
}

/** Lets the type-aware rules see code that is in no tsconfig, because its file does not exist. */
function filesThatDoNotExist() {
  const paths = fixtures.flatMap(({ path, rightPath }) => (rightPath === undefined ? [path] : [path, rightPath]));
  return {
    projectService: {
      allowDefaultProject: [...new Set(paths)].filter((path) => !existsSync(join(root, path))),
      maximumDefaultProjectFileMatchCount_THIS_WILL_SLOW_DOWN_LINTING: paths.length,
    },
  };
}

function readFixtures(markdown: string): Fixture[] {
  const pattern = /^## `([^`]+)` in `([^`]+)`(?:, not in `([^`]+)`)?\n\n```\w+\n(.*?)^```$/gms;
  return [...markdown.matchAll(pattern)].map(([, rule = '', path = '', rightPath, code = '']) => ({
    rule,
    path,
    rightPath,
    code,
  }));
}
