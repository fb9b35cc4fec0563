import { builtinModules } from 'node:module';
import { forbidImports } from './restriction.mjs';

const all = ['**/*.{ts,svelte}'];
const production = ['{shared,realtime,api,web,standalone}/**/*.{ts,svelte}'];
const tests = ['**/*.test.ts', 'tests/**', 'bench/**'];

/** The rooms of shared/src, and those that each may import. */
const rooms = {
  runtime: [],
  protocol: ['runtime'],
  document: ['runtime', 'protocol'],
  catalogue: ['document'],
  sync: ['runtime', 'protocol', 'document', 'wire'],
  wire: ['protocol'],
  hop: ['protocol'],
  process: [],
};

/**
 * @param {string} room
 * @param {string[]} known
 */
function closeRoom(room, known) {
  const closed = Object.keys(rooms).filter((other) => other !== room && !known.includes(other));
  return forbidImports({
    name: `room-${room}`,
    files: [`shared/src/${room}/**/*.ts`],
    ignores: tests,
    pattern: new RegExp(`^(\\.\\./)+(${closed.join('|')})/`),
    message: `shared/src/${room} may import of the other rooms ${known.length === 0 ? 'none' : known.join(', ')}.`,
  });
}

/** Who may import what: the directions of ARCHITECTURE.md, and the packages that have one place each. */
export const boundaries = [
  ...Object.entries(rooms).map(([room, known]) => closeRoom(room, known)),
  forbidImports({
    name: 'shared-stands-alone',
    files: ['shared/**/*.ts'],
    pattern: /^@trolley\/(?!shared\b)/,
    message: 'shared imports no other workspace: it runs in all of them.',
  }),
  forbidImports({
    name: 'shared-runs-everywhere',
    files: ['shared/src/**/*.ts'],
    // What the processes of the servers have in common; `processes-only` keeps it out of everything else.
    ignores: [...tests, 'shared/src/process/**'],
    pattern: new RegExp(`^(node:|(${builtinModules.join('|')})(/|$))`),
    message: 'shared also runs in the browser: take what Node offers as a parameter.',
  }),
  forbidImports({
    name: 'processes-only',
    files: ['web/**/*.{ts,svelte}', 'shared/src/**/*.ts'],
    ignores: ['shared/src/process/**'],
    pattern: /^@trolley\/shared\/process$|\/process\//,
    message: 'shared/src/process is for the processes of the servers: it needs Node.',
  }),
  forbidImports({
    name: 'wire-at-the-sockets-only',
    files: production,
    ignores: ['shared/src/sync/socket-transport.ts', 'shared/src/wire/**', 'realtime/**', ...tests],
    pattern: /^@trolley\/shared\/wire$|\/wire\//,
    message:
      'How messages lie in bytes is known where a socket is: in realtime and in shared/src/sync/socket-transport.ts.',
  }),
  forbidImports({
    name: 'hop-between-servers-only',
    files: ['web/**/*.{ts,svelte}', 'standalone/**/*.ts'],
    ignores: tests,
    pattern: /^@trolley\/shared\/hop$/,
    message: 'The hop is what realtime and the api say to each other: nobody else speaks it.',
  }),
  forbidImports({
    name: 'web-stands-apart',
    files: ['web/**/*.{ts,svelte}'],
    pattern: /^@trolley\/(realtime|standalone|api\/|api$)/,
    mayTakeTypes: true,
    message: 'web reaches the servers over the network; of the api it may take types.',
  }),
  forbidImports({
    name: 'realtime-stands-apart',
    files: ['realtime/**/*.ts'],
    pattern: /^@trolley\/(api|web|standalone)\b/,
    message: 'realtime knows the api only through the LogService of @trolley/shared/protocol.',
  }),
  forbidImports({
    name: 'api-stands-apart',
    files: ['api/**/*.ts'],
    pattern: /^@trolley\/(realtime|web|standalone)\b/,
    message: 'The api tells the relays something only through the ListEvents of @trolley/shared/protocol.',
  }),
  forbidImports({
    name: 'by-package-name',
    files: all,
    pattern: /^(\.\.\/)+(shared|realtime|api|web|standalone)\/(src|package\.json)/,
    message: 'Another workspace is imported by its package name, through what it exports.',
  }),
  forbidImports({
    name: 'no-tests-in-production',
    files: production,
    ignores: [...tests, '*/src/testing/**'],
    pattern: /^@trolley\/(tests|bench|scripts|shared\/testing)\b|\/testing\/|\.test\.ts$/,
    message: 'What only tests need stays out of what runs for people.',
  }),
  forbidImports({
    name: 'yjs-in-document-only',
    files: all,
    // That test is a Yjs client which is none of ours.
    ignores: ['shared/src/document/**', 'tests/integration/foreign-client.test.ts'],
    pattern: /^(yjs|y-protocols|lib0)(\/|$)/,
    message: 'D7: Yjs is imported in shared/src/document and nowhere else.',
  }),
  forbidImports({
    name: 'socket-client-in-transport-only',
    files: all,
    ignores: ['shared/src/sync/socket-transport.ts', ...tests],
    pattern: /^socket\.io-client(\/|$)/,
    message: 'Only shared/src/sync/socket-transport.ts opens a socket.',
  }),
  forbidImports({
    name: 'socket-server-in-realtime-only',
    files: all,
    ignores: ['realtime/**'],
    pattern: /^socket\.io(\/|$)/,
    message: 'Only realtime serves sockets.',
  }),
  forbidImports({
    name: 'database-in-store-only',
    files: all,
    ignores: ['api/src/store/**', ...tests],
    pattern: /^(postgres|@electric-sql\/[\w-]+)(\/|$)/,
    mayTakeTypes: true,
    message: 'Only api/src/store opens a database; others are handed one.',
  }),
  forbidImports({
    name: 'components-only-draw',
    files: ['web/**/*.svelte'],
    pattern: /^@trolley\/shared\/(sync|document)\b/,
    mayTakeTypes: true,
    message: 'A component draws what the state in a .svelte.ts file beside it gives, and calls its functions.',
  }),
];
