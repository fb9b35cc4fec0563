import { describe, expect, it } from 'vitest';
import { isUsable } from './invite-link.ts';

const nowMs = Date.UTC(2026, 10, 21, 12);
const invite = {
  inviteId: 'i',
  role: 'editor' as const,
  expiresAt: new Date(nowMs + 1).toISOString(),
  maxUses: null,
  uses: 0,
  revokedAt: null,
};

describe('W14 whether a link still lets somebody in', () => {
  it.each([
    ['a fresh one', {}, true],
    ['an expired one', { expiresAt: new Date(nowMs).toISOString() }, false],
    ['a revoked one', { revokedAt: new Date(nowMs).toISOString() }, false],
    ['one with uses left', { maxUses: 2, uses: 1 }, true],
    ['one that is used up', { maxUses: 2, uses: 2 }, false],
  ])('W14 %s', (_what, fields, expected) => {
    expect(isUsable({ ...invite, ...fields }, nowMs)).toBe(expected);
  });
});
