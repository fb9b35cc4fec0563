import type { ServerMessage } from '@trolley/shared/protocol';
import type { TransportEvent } from '@trolley/shared/sync';

/** What a transport reports of a message; null for the greeting, which opens the connection and is no more than that. */
export function toTransportEvent({ event, message }: ServerMessage): TransportEvent | null {
  switch (event) {
    case 'hello':
      return null;
    case 'update':
      return { kind: event, message };
    case 'head':
      return { kind: event, message };
    case 'presence':
      return { kind: event, message };
    case 'roster':
      return { kind: event, message };
    case 'access':
      return { kind: event, message };
  }
}
