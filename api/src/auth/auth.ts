import { betterAuth } from 'better-auth';
import { anonymous, bearer } from 'better-auth/plugins';
import { Kysely } from 'kysely';
import type { Logger } from 'pino';
import { createMemberId, type Clock, type RandomBytes } from '@trolley/shared/protocol';
import { ownOrigin, isFromOurselves } from '../http/request-origin.ts';
import type { Announcements } from '../events.ts';
import type { Database } from '../store/database.ts';
import { createKyselyDialect } from '../store/kysely-dialect.ts';
import { authLogger } from './auth-logger.ts';
import { linkGuest } from './link-guest.ts';
import { guestName, readPersonName } from './person-name.ts';

export interface AuthOptions {
  publicUrl: string | null;
  authSecret: string;
  clock: Clock;
  randomBytes: RandomBytes;
  logger: Logger;
  announcements: Announcements;
}

/** The longest that browsers keep a cookie. A phone that is opened once a year stays signed in. */
const sessionSeconds = 400 * 24 * 60 * 60;
const sessionRefreshSeconds = 24 * 60 * 60;

/**
 * Accounts and sessions: guests, and email with password, by cookie or bearer token. The tables must be there.
 * No secret, password or token of it reaches the log.
 */
export function createAuth(database: Database, options: AuthOptions) {
  const isSecure = options.publicUrl?.startsWith('https:') === true;
  return betterAuth({
    appName: 'Trolley',
    basePath: '/api/auth',
    secret: options.authSecret,
    ...(options.publicUrl === null ? {} : { baseURL: options.publicUrl }),
    trustedOrigins: (request) => (request === undefined ? [] : trustedOrigins(request, options.publicUrl)),
    database: {
      db: new Kysely<unknown>({ dialect: createKyselyDialect(database) }),
      type: 'postgres',
      // Sign-up writes two rows, of which one alone would make its email unusable.
      transaction: true,
    },
    emailAndPassword: { enabled: true, minPasswordLength: 8, maxPasswordLength: 128 },
    session: { expiresIn: sessionSeconds, updateAge: sessionRefreshSeconds },
    user: {
      additionalFields: {
        // Not "required" of callers: the hook below gives them, and the table demands them.
        memberId: { type: 'string', required: false, input: false, unique: true, fieldName: 'member_id' },
        color: { type: 'number', required: false, input: false },
      },
    },
    databaseHooks: {
      user: { create: { before: (user) => Promise.resolve({ data: { ...user, ...describePerson(user, options) } }) } },
    },
    plugins: [guests(database, options.announcements), bearer()],
    // The api limits rates itself, auth included, and knows the caller's address; better-auth would trust a header for it.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: authLogger(options.logger),
    advanced: {
      cookiePrefix: 'trolley',
      useSecureCookies: isSecure,
      // Stated, because better-auth turns these off where NODE_ENV is test.
      disableOriginCheck: false,
      disableCSRFCheck: false,
      ipAddress: { disableIpTracking: true },
    },
  });
}

export type Auth = ReturnType<typeof createAuth>;

/** better-auth asks for a list; the rule is `isFromOurselves`, so that there is one. */
function trustedOrigins(request: Request, publicUrl: string | null): string[] {
  const evidence = {
    method: request.method,
    url: request.url,
    publicUrl,
    header: (name: string) => request.headers.get(name),
  };
  const origin = request.headers.get('origin');
  return origin !== null && isFromOurselves(evidence) ? [origin] : [ownOrigin(evidence)];
}

/** Who a new account is to others, until it says so itself. */
function describePerson(user: { name: string }, { randomBytes }: AuthOptions) {
  return {
    name: readPersonName(user.name),
    image: null,
    memberId: createMemberId(randomBytes),
    color: (randomBytes(1)[0] ?? 0) % 16,
  };
}

function guests(database: Database, announcements: Announcements) {
  return anonymous({
    emailDomainName: 'guest.invalid',
    generateName: () => guestName,
    // `linkGuest` removes the guest itself, in the transaction that moves what the guest has.
    disableDeleteAnonymousUser: true,
    onLinkAccount: ({ anonymousUser, newUser, ctx }) =>
      linkGuest(database, announcements, {
        guestId: anonymousUser.user.id,
        userId: newUser.user.id,
        isNewAccount: ctx.path === '/sign-up/email',
      }),
  });
}
