import { expect, it } from 'vitest';
import { replaceSection } from './section.ts';

const page = [
  '# Title',
  '<!-- numbers: written by a script, from here -->',
  'old',
  '<!-- numbers: to here -->',
  'The end.',
].join('\n');

it('a section is replaced between its marks, and again', () => {
  const once = replaceSection(page, 'numbers', '| new |\n');
  expect(once).toContain(
    '# Title\n<!-- numbers: written by a script, from here -->\n\n| new |\n\n<!-- numbers: to here -->\nThe end.',
  );
  expect(replaceSection(once, 'numbers', '| new |')).toBe(once);
});

it('a section that is not there is an error', () => {
  expect(() => replaceSection(page, 'letters', '')).toThrow('"letters"');
});
