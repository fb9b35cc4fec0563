import { basename } from 'node:path';
import { expect, it } from 'vitest';
import { projectFiles } from './tracked-files.ts';

it('names code files in kebab-case, and Svelte components as they are written in markup', () => {
  const kebab = /^[a-z\d]+(-[a-z\d]+)*(\.(test|config|svelte|integration|d))*\.(ts|mjs|js)$/;
  const component = /^[A-Z][A-Za-z\d]*\.svelte$/;
  // SvelteKit itself names the files of a route, and its hooks.
  const route = /^(\+[a-z]+(\.server)?\.(svelte|ts)|hooks\.(client|server)\.ts)$/;
  const misnamed = projectFiles('**/*.{ts,mjs,js,svelte}').filter((path) => {
    const name = basename(path);
    return !kebab.test(name) && !component.test(name) && !route.test(name);
  });
  expect(misnamed).toEqual([]);
});
