import { found, replaceFound, withoutMethods, type Replacement } from '../replacement.ts';

const unusedOfSocket = [
  ...['onAny', 'prependAny', 'offAny', 'listenersAny'],
  ...['onAnyOutgoing', 'prependAnyOutgoing', 'offAnyOutgoing', 'listenersAnyOutgoing', 'notifyOutgoingListeners'],
  ...['_addToQueue', '_drainQueue', 'send', 'compress'],
];

/** What is left of them in the methods that stay. */
const unusedCalls = /^ +this\.(?:notifyOutgoingListeners\(packet\)|_drainQueue\(true\));\n/gm;

export const socketIoReplacements: readonly Replacement[] = [
  {
    // Trolley speaks WebSocket only, so HTTP long polling and WebTransport are never chosen.
    path: '/engine.io-client/build/esm/transports/index.js',
    replace: () => `import { WS } from './websocket.js'; export const transports = { websocket: WS };`,
  },
  {
    // A browser's WebSocket takes an address and nothing else.
    path: '/engine.io-client/build/esm/transports/websocket.js',
    replace: withAddressOnly,
  },
  {
    // Socket.IO offers this one to others, and it is more than a class: it listens for the end of the page.
    path: '/engine.io-client/build/esm/transports/polling-xhr.js',
    replace: () => `export const XHR = undefined;`,
  },
  {
    // With one transport there is nothing to upgrade to, and no payload that many packets would share.
    path: '/engine.io-client/build/esm/socket.js',
    replace: (source) =>
      replaceFound(
        replaceFound(
          withoutMethods(source, ['_probe', '_filterUpgrades', '_getWritablePackets']),
          /this\._filterUpgrades\(data\.upgrades\)/,
          '[]',
        ),
        /this\._getWritablePackets\(\)/,
        'this.writeBuffer',
      ),
  },
  {
    // Nobody listens for whatever event there may be, and what is to be sent again is in our outbox, not in a queue of the socket.
    path: '/socket.io-client/build/esm/socket.js',
    replace: (source) => replaceFound(withoutMethods(source, unusedOfSocket), unusedCalls, ''),
  },
  {
    // The transport makes the one manager that it needs, with an address that is whole.
    path: '/socket.io-client/build/esm/index.js',
    replace: () => `export { Manager } from './manager.js';`,
  },
  {
    path: '/socket.io-client/build/esm/manager.js',
    replace: withoutReconnection,
  },
  {
    // The growing pauses of a reconnection that never happens.
    path: '/socket.io-client/build/esm/contrib/backo2.js',
    replace: () => `export const Backoff = undefined;`,
  },
  {
    // An older way to do what the platform's URL does.
    path: '/engine.io-client/build/esm/contrib/parseuri.js',
    replace: () =>
      [
        'export function parse(source) {',
        '  const { protocol, hostname, port, pathname, search } = new URL(source);',
        '  return { source, protocol: protocol.slice(0, -1), host: hostname, port, path: pathname, query: search.slice(1) };',
        '}',
      ].join('\n'),
  },
  {
    // Bytes come as binary frames; base64 is for long polling.
    path: '/engine.io-parser/build/esm/contrib/base64-arraybuffer.js',
    replace: () => `export function decode() { throw new Error('base64 is left out'); }`,
  },
  {
    // Socket.IO falls back to its own parser, but is always given ours; else it takes the numbers of the packets from there.
    path: '/socket.io-parser/build/esm/index.js',
    replace: (source) => found(source, /export const protocol = [^]*?^\}\)\(PacketType.*\);/m),
  },
];

/** The sync client decides when to come back, and after which pause. */
function withoutReconnection(source: string): string {
  const parts: readonly [RegExp, string][] = [
    [/^ {8}this\.reconnectionAttempts\([^]*?^ {12}jitter: [^]*?^ {8}\}\);\n/m, ''],
    [/^ {16}\/\/ Only do this if .*\n {16}this\.maybeReconnectOnOpen\(\);\n/m, ''],
    [/^ +this\.backoff\.reset\(\);\n/gm, ''],
  ];
  const withoutCalls = parts.reduce((rest, [pattern, by]) => replaceFound(rest, pattern, by), source);
  return withoutMethods(withoutCalls, [
    ...['reconnectionAttempts', 'reconnectionDelay', 'randomizationFactor', 'reconnectionDelayMax'],
    ...['maybeReconnectOnOpen', 'onreconnect', 'reconnect'],
  ]);
}

function withAddressOnly(source: string): string {
  const parts: readonly [RegExp, string][] = [
    [/^const isReactNative = [^]*?;\n/m, ''],
    [/^ +const opts = isReactNative[^]*?;\n/m, ''],
    [/^ +if \(this\.opts\.extraHeaders\) \{[^]*?\}\n/m, ''],
    [/this\.createSocket\(uri, protocols, opts\)/, 'new WebSocket(uri)'],
    [/^ +const protocols = this\.opts\.protocols;\n/m, ''],
    [/^ +if \(this\.opts\.autoUnref\) \{[^]*?\}\n/m, ''],
    [/^ {4}createSocket\([^]*?^ {4}\}\n/m, ''],
  ];
  return parts.reduce((rest, [pattern, by]) => replaceFound(rest, pattern, by), source);
}
