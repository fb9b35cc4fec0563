import { errorTable, type ErrorCode } from '@trolley/shared/protocol';

/** Why a connection ends, as the close frame says it. */
export interface Ending {
  readonly code: number;
  readonly reason: ErrorCode | 'other-epoch';
}

/** Of the codes that WebSocket itself has: come again later. y-websocket does so after any code but 4400 to 4499. */
const tryAgainLater = 1013;
/** To be added to the status of HTTP that an error has. */
const refusals = 4_000;

/** The ending that an error makes: by its status in the closed table, or to come again when that can help. */
export function endingOf(code: ErrorCode): Ending {
  const { isRetryable, status } = errorTable[code];
  return { code: isRetryable ? tryAgainLater : refusals + status, reason: code };
}

/** The client's document is of another epoch than the list. No edit can bring the two together: the client has to begin with an empty one. */
export const otherEpoch: Ending = { code: refusals + 409, reason: 'other-epoch' };
