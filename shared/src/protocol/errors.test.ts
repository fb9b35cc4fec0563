import { parse } from 'valibot';
import { describe, expect, it } from 'vitest';
import { errorCodes, errorTable, toWireError, TrolleyError, wireErrorSchema } from './errors.ts';

describe('the table of errors', () => {
  it('P11 has one status and one answer for each code', () => {
    expect(Object.keys(errorTable).toSorted()).toEqual([...errorCodes].toSorted());
    expect(new Set(errorCodes).size).toBe(errorCodes.length);
  });

  it('P11 says that a call may be repeated when nobody has to change anything first, and only then', () => {
    for (const code of errorCodes) {
      const { status, isRetryable } = errorTable[code];
      expect({ code, isRetryable }).toEqual({ code, isRetryable: status >= 500 || status === 429 });
    }
  });

  it('P11 tells of an error no more than its code, its message and when to come back', () => {
    const cause = new Error('connect ECONNREFUSED 10.0.0.5:5432');
    const error = new TrolleyError('unavailable', 'Try later.', { cause, details: { host: 'db' }, retryAfterMs: 50 });
    expect(error.toWire()).toEqual({ code: 'unavailable', message: 'Try later.', retryAfterMs: 50 });
    expect(error.isRetryable).toBe(true);
    expect(parse(wireErrorSchema, error.toWire())).toEqual(error.toWire());
  });

  it('P11 leaves out when to come back if nobody knows', () => {
    expect(new TrolleyError('forbidden', 'No.').toWire()).not.toHaveProperty('retryAfterMs');
  });

  it.each([
    ['an error of a driver', new Error('password authentication failed for user "trolley"')],
    ['text', 'secret'],
    ['nothing', undefined],
    ['an object that looks like ours', { code: 'not-found', message: 'secret' }],
  ])('P11 tells of %s only that it is internal', (_what, thrown) => {
    const wire = toWireError(thrown);
    expect(wire.code).toBe('internal');
    expect(JSON.stringify(wire)).not.toMatch(/secret|password/);
  });
});
