import { error } from '@sveltejs/kit';
import { errorTable, TrolleyError, type ErrorCode } from '@trolley/shared/protocol';

/** Ends a page's loading with the error page for a code or for what was thrown. Defects are passed on as they are. */
export function refuse(reason: unknown): never {
  if (reason instanceof TrolleyError) return refuseWith(reason.code);
  if (reason === 'not-found') return refuseWith(reason);
  throw reason;
}

function refuseWith(code: ErrorCode): never {
  error(errorTable[code].status, code, { code });
}
