import { passkey } from '@better-auth/passkey';
import { betterAuth, type BetterAuthOptions } from 'better-auth';
import { anonymous, bearer, magicLink } from 'better-auth/plugins';
import { Kysely } from 'kysely';
import type { Logger } from 'pino';
import { createMemberId, type Clock, type RandomBytes } from '@trolley/shared/protocol';
import { userIdSchema } from '../http/fields.ts';
import { ownOrigin, isFromOurselves } from '../http/request-origin.ts';
import type { Announcements } from '../events.ts';
import type { Database } from '../store/database.ts';
import { createKyselyDialect } from '../store/kysely-dialect.ts';
import { authLogger } from './auth-logger.ts';
import { confirmAddress, removePasskeys } from './account-store.ts';
import { linkGuest } from './link-guest.ts';
import { handOverToken } from './minted-tokens.ts';
import { guestMailDomain, guestName, readPersonName } from './person-name.ts';

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
/** The lives of links in mails, counted from when the mail leaves. */
const signInLinkSeconds = 30 * 60;
const resetLinkSeconds = 60 * 60;
const verifyLinkSeconds = 24 * 60 * 60;

/**
 * Accounts and sessions: guests, and email with password, by cookie or bearer token. The tables must be there.
 * No secret, password or token of it reaches the log.
 */
export function createAuth(database: Database, options: AuthOptions) {
  /** Requests that have made an account. */
  const newcomers = new WeakSet<Request>();
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
    emailAndPassword: passwords(database),
    emailVerification: { sendVerificationEmail: handOverToken, expiresIn: verifyLinkSeconds },
    verification: { storeIdentifier: 'hashed' },
    // Whoever has a session may add a passkey, also after a day: a guest has no other way to show who they are.
    session: { expiresIn: sessionSeconds, updateAge: sessionRefreshSeconds, freshAge: 0 },
    user: {
      additionalFields: {
        // Not "required" of callers: the hook below gives them, and the table demands them.
        memberId: { type: 'string', required: false, input: false, unique: true, fieldName: 'member_id' },
        color: { type: 'number', required: false, input: false },
      },
    },
    databaseHooks: databaseHooks(database, options, newcomers),
    plugins: [
      guests(database, options.announcements, newcomers),
      magicLink({ sendMagicLink: handOverToken, expiresIn: signInLinkSeconds, storeToken: 'hashed' }),
      passkeys(options.publicUrl),
      bearer(),
    ],
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

/** What else happens where better-auth writes. */
function databaseHooks(
  database: Database,
  options: AuthOptions,
  newcomers: WeakSet<Request>,
): BetterAuthOptions['databaseHooks'] {
  return {
    session: {
      delete: {
        after: ({ id, userId }) => {
          const ended = { kind: 'signed-out', userId: userIdSchema.parse(userId), sessionId: id } as const;
          options.announcements.announce(ended);
          return Promise.resolve();
        },
      },
    },
    // better-auth takes a password away that somebody chose for an address before it was shown to be theirs: passkeys go with it.
    account: { delete: { after: ({ userId }) => removePasskeys(database, userId) } },
    user: {
      create: {
        before: (user, context) => {
          if (context?.request !== undefined) newcomers.add(context.request);
          return Promise.resolve({ data: { ...user, ...describePerson(user, options) } });
        },
      },
    },
  };
}

function passwords(database: Database): NonNullable<BetterAuthOptions['emailAndPassword']> {
  return {
    enabled: true,
    minPasswordLength: 8,
    maxPasswordLength: 128,
    sendResetPassword: handOverToken,
    resetPasswordTokenExpiresIn: resetLinkSeconds,
    // Whoever had the old one is out. The new one came by mail, so the address is theirs.
    revokeSessionsOnPasswordReset: true,
    onPasswordReset: ({ user }) => confirmAddress(database, user.id),
  };
}

/** A passkey belongs to one host, and is made and shown by a page of ours. */
function passkeys(publicUrl: string | null) {
  return passkey({
    rpName: 'Trolley',
    rpID: publicUrl === null ? 'localhost' : new URL(publicUrl).hostname,
    // Without a public URL it is the caller's own, which the api has compared with its address (`isFromOurselves`).
    origin: publicUrl,
    // So that nobody has to type who they are.
    authenticatorSelection: { residentKey: 'required', userVerification: 'preferred' },
  });
}

function guests(database: Database, announcements: Announcements, newcomers: WeakSet<Request>) {
  return anonymous({
    emailDomainName: guestMailDomain,
    generateName: () => guestName,
    // `linkGuest` removes the guest itself, in the transaction that moves what the guest has.
    disableDeleteAnonymousUser: true,
    onLinkAccount: ({ anonymousUser, newUser, ctx }) =>
      linkGuest(database, announcements, {
        guestId: anonymousUser.user.id,
        userId: newUser.user.id,
        isNewAccount: ctx.request !== undefined && newcomers.has(ctx.request),
      }),
  });
}
