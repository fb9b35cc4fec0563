import { forbidSyntax } from './restriction.mjs';

const tests = ['**/*.test.ts', 'tests/**/*.ts'];

/** What the ready-made rules do not say. */
export const houseRules = [
  forbidSyntax({
    name: 'named-exports',
    files: ['**/*.{ts,mjs}'],
    ignores: ['**/*.config.ts'],
    selectors: ['ExportDefaultDeclaration', 'ExportSpecifier[exported.name="default"]'],
    message: 'Export by name: a thing has one name everywhere. Only a tool that asks for a default export gets one.',
  }),
  forbidSyntax({
    name: 'explicit-exports',
    files: ['**/*.{ts,mjs,svelte}'],
    selectors: ['ExportAllDeclaration'],
    message: 'List what is exported, name by name.',
  }),
  forbidSyntax({
    name: 'every-test-runs',
    files: tests,
    selectors: [
      'MemberExpression[object.name=/^(it|test|describe|suite)$/][property.name=/^(only|skip|todo|fixme|fail|fails|skipIf|runIf)$/]',
      'MemberExpression[object.property.name="describe"][property.name=/^(only|skip|fixme)$/]',
    ],
    message: 'Every test runs, always, beside all others.',
  }),
  forbidSyntax({
    name: 'no-sleep-in-tests',
    files: tests,
    selectors: [
      'CallExpression[callee.property.name="waitForTimeout"]',
      'CallExpression[callee.name=/^(sleep|delay)$/]',
      'NewExpression[callee.name="Promise"] CallExpression[callee.name="setTimeout"]',
      'ImportDeclaration[source.value=/timers.promises/]',
    ],
    message: 'Wait for the event, not for the time it usually takes.',
  }),
  forbidSyntax({
    name: 'pure-core',
    files: ['shared/src/{document,sync}/**/*.ts', 'realtime/src/relay/**/*.ts'],
    ignores: [...tests, 'shared/src/sync/{socket-transport,wake-sources}.ts'],
    selectors: [
      'MemberExpression[object.name="Date"][property.name="now"]',
      'NewExpression[callee.name="Date"][arguments.length=0]',
      'MemberExpression[object.name="Math"][property.name="random"]',
      'MemberExpression[object.name="performance"][property.name="now"]',
      'MemberExpression[object.name="crypto"][property.name=/^(getRandomValues|randomUUID)$/]',
      'CallExpression[callee.name=/^(setTimeout|setInterval)$/]',
    ],
    message: 'Clock and randomness come in as Clock and RandomBytes, so that the simulation can drive them.',
  }),
  forbidSyntax({
    name: 'raw-state',
    files: ['web/src/**/*.{svelte,ts}'],
    selectors: ['CallExpression[callee.name="$state"]'],
    message:
      'Use $state.raw and replace values as a whole: what makes $state look into objects is left out of the build.',
  }),
  forbidSyntax({
    name: 'environment-in-config-only',
    files: ['{shared,realtime,api,web,standalone}/src/**/*.ts'],
    ignores: [...tests, '*/src/{config,main}.ts'],
    selectors: ['MemberExpression[object.name="process"][property.name="env"]'],
    message: 'The environment is read once, in config.ts, where a wrong value is named in one line.',
  }),
];
