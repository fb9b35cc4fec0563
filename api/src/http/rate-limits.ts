import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import { TrolleyError } from '@trolley/shared/protocol';
import type { RedisClient } from '../redis/connect-redis.ts';

export interface RateLimit {
  /** Calls in a window, per address or account. */
  calls: number;
  windowSeconds: number;
}

/**
 * What one address (a household or a café behind one router) or one account may do. Generous for people, tight for programs that guess: a
 * password or an invite's 128 bits are not found at these rates.
 */
export const defaultRateLimits = {
  /** Per address. */
  newGuests: { calls: 120, windowSeconds: 60 },
  /** Per address: sign-in and sign-up, each of which also costs some 100 ms of scrypt. */
  passwords: { calls: 20, windowSeconds: 60 },
  /** Per address: looking at an invite and accepting it. */
  inviteTokens: { calls: 120, windowSeconds: 60 },
  /** Per address: what a mail's link or a passkey opens. */
  linkTokens: { calls: 60, windowSeconds: 60 },
  /** Per address that asks. */
  mailsFromAddress: { calls: 30, windowSeconds: 60 * 60 },
  /** Per account that asks. */
  mailsOfAccount: { calls: 20, windowSeconds: 60 * 60 },
  /** Per reader, whoever asks: nobody's letter box is filled by us. */
  mailsToReader: { calls: 5, windowSeconds: 15 * 60 },
  /** Per account. */
  newLists: { calls: 120, windowSeconds: 60 },
  /** Per account: each may speak of all lists. */
  listPlaces: { calls: 240, windowSeconds: 60 },
  /** Per account. */
  newInvites: { calls: 60, windowSeconds: 60 },
  /** Per account: looks into the past of lists, most of which load a document. */
  history: { calls: 240, windowSeconds: 60 },
  /** Per account: what its phones say that they have seen. */
  seenNotes: { calls: 240, windowSeconds: 60 },
  /** Per account, in kilobytes begun: a push is a row and its bytes for ever. */
  pushedKilobytes: { calls: 6_000, windowSeconds: 60 },
} as const satisfies Record<string, RateLimit>;

export type RateLimitName = keyof typeof defaultRateLimits;

export interface RateLimiter {
  /**
   * Counts `cost` calls of `key`.
   * @throws TrolleyError `rate-limited`, with the time until the window ends.
   */
  spend(name: RateLimitName, key: string, cost?: number): Promise<void>;
}

/**
 * Counts in Redis, for all nodes together, where there is one. Without, and while it is away, each node counts for itself: several nodes then
 * allow as many times the limit, which is still a limit.
 */
export function createRateLimiter(
  limits: Readonly<Record<RateLimitName, RateLimit>>,
  redis: RedisClient | null = null,
): RateLimiter {
  const limiters = new Map(Object.entries(limits).map(([name, limit]) => [name, createCounter(name, limit, redis)]));
  return {
    spend: async (name, key, cost = 1) => {
      try {
        await limiters.get(name)?.consume(key, cost);
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        throw new TrolleyError('rate-limited', 'Too many calls.', { retryAfterMs: refusal.msBeforeNext });
      }
    },
  };
}

function createCounter(
  name: string,
  { calls, windowSeconds }: RateLimit,
  redis: RedisClient | null,
): RateLimiterAbstract {
  const settings = { keyPrefix: `trolley:limit:${name}`, points: calls, duration: windowSeconds };
  const inMemory = new RateLimiterMemory(settings);
  if (redis === null) return inMemory;
  return new RateLimiterRedis({
    ...settings,
    storeClient: redis,
    rejectIfRedisNotReady: true,
    insuranceLimiter: inMemory,
  });
}
