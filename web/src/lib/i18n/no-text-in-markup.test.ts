import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'svelte/compiler';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';

const source = fileURLToPath(new URL('../..', import.meta.url));
const components = globSync('**/*.svelte', { cwd: source }).sort();

/** Attributes that are read out or shown; all others hold names for machines. */
const spoken = new Set([
  'alt',
  'aria-description',
  'aria-label',
  'aria-roledescription',
  'aria-valuetext',
  'label',
  'placeholder',
  'title',
]);
const letter = /\p{L}/u;
const textSchema = v.object({ type: v.literal('Text'), data: v.string() });
const attributeSchema = v.object({ type: v.literal('Attribute'), name: v.string() });
const scriptSchema = v.object({ type: v.picklist(['Script', 'StyleSheet', 'Comment']) });

/** Words that stand in the markup itself instead of coming from the messages. */
function wordsInMarkup(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(wordsInMarkup);
  if (typeof node !== 'object' || node === null || v.is(scriptSchema, node)) return [];
  if (v.is(textSchema, node)) return letter.test(node.data) ? [node.data.trim()] : [];
  if (v.is(attributeSchema, node) && !spoken.has(node.name)) return [];
  return Object.values(node).flatMap(wordsInMarkup);
}

function wordsIn(component: string): string[] {
  return wordsInMarkup(parse(component, { modern: true }).fragment);
}

describe('the markup of', () => {
  it.for(components)('W16 %s holds no words', (path) => {
    expect(wordsIn(readFileSync(`${source}/${path}`, 'utf8'))).toEqual([]);
  });

  it('W16 a component with words is found out', () => {
    const component =
      '<!-- note --><p class="big">Hello {name}</p><input placeholder="Milk" {title} /><b>+{count} · {a}</b>';
    expect(wordsIn(component)).toEqual(['Hello', 'Milk']);
  });
});
