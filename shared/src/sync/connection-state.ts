/**
 * The connection's life as one table. `idle`: nothing to connect for. `connecting`: a transport is on its way. `connected`. `waiting`: between
 * two tries. `blocked`: the browser knows that there is no network, so trying would only cost battery. `signing-in`: the api is asked for a
 * session first.
 */
export type ConnectionState = 'idle' | 'signing-in' | 'connecting' | 'connected' | 'waiting' | 'blocked';

/**
 * `wanted`: there is something to sync. `signed-in` / `sign-in-failed`: the account answered. `opened` / `lost` / `refused`: the transport did.
 * `dismissed`: a node that goes away has ended a good connection; another takes it at once. `timer`: the wait is over. `wake`: the page is
 * looked at again, or the network came back. `network-lost`: the browser said so. `stopped`: nothing to sync any more.
 */
export type ConnectionEvent =
  | 'wanted'
  | 'signed-in'
  | 'sign-in-failed'
  | 'opened'
  | 'lost'
  | 'refused'
  | 'dismissed'
  | 'timer'
  | 'wake'
  | 'network-lost'
  | 'stopped';

/** Every cell is written out: a new state or event does not compile until all its cells are decided. */
export const connectionTable: Record<ConnectionState, Record<ConnectionEvent, ConnectionState>> = {
  idle: {
    wanted: 'signing-in',
    'signed-in': 'idle',
    'sign-in-failed': 'idle',
    opened: 'idle',
    lost: 'idle',
    refused: 'idle',
    dismissed: 'idle',
    timer: 'idle',
    wake: 'idle',
    'network-lost': 'idle',
    stopped: 'idle',
  },
  'signing-in': {
    wanted: 'signing-in',
    'signed-in': 'connecting',
    'sign-in-failed': 'waiting',
    opened: 'signing-in',
    lost: 'signing-in',
    refused: 'signing-in',
    dismissed: 'signing-in',
    timer: 'signing-in',
    wake: 'signing-in',
    'network-lost': 'blocked',
    stopped: 'idle',
  },
  connecting: {
    wanted: 'connecting',
    'signed-in': 'connecting',
    'sign-in-failed': 'connecting',
    opened: 'connected',
    lost: 'waiting',
    refused: 'waiting',
    dismissed: 'waiting',
    timer: 'connecting',
    wake: 'connecting',
    'network-lost': 'blocked',
    stopped: 'idle',
  },
  connected: {
    wanted: 'connected',
    'signed-in': 'connected',
    'sign-in-failed': 'connected',
    opened: 'connected',
    lost: 'waiting',
    refused: 'waiting',
    dismissed: 'signing-in',
    timer: 'connected',
    wake: 'connected',
    'network-lost': 'blocked',
    stopped: 'idle',
  },
  waiting: {
    wanted: 'waiting',
    'signed-in': 'waiting',
    'sign-in-failed': 'waiting',
    opened: 'waiting',
    lost: 'waiting',
    refused: 'waiting',
    dismissed: 'waiting',
    timer: 'signing-in',
    wake: 'signing-in',
    'network-lost': 'blocked',
    stopped: 'idle',
  },
  blocked: {
    wanted: 'blocked',
    'signed-in': 'blocked',
    'sign-in-failed': 'blocked',
    opened: 'blocked',
    lost: 'blocked',
    refused: 'blocked',
    dismissed: 'blocked',
    timer: 'blocked',
    wake: 'signing-in',
    'network-lost': 'blocked',
    stopped: 'idle',
  },
};

/** The state after an event. */
export function nextConnectionState(state: ConnectionState, event: ConnectionEvent): ConnectionState {
  return connectionTable[state][event];
}
