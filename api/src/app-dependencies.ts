import type { LogService, RandomBytes } from '@trolley/shared/protocol';
import type { Auth } from './auth/auth.ts';
import type { Announcements } from './events.ts';
import type { RateLimiter } from './http/rate-limits.ts';
import type { MailRequest } from './mail/mail-request.ts';
import type { SeenNotes } from './seen/seen-notes.ts';
import type { Database } from './store/database.ts';

/** What the rooms' routes are made of. */
export interface AppDependencies {
  database: Database;
  auth: Auth;
  log: LogService;
  announcements: Announcements;
  limiter: RateLimiter;
  /** Puts a mail in line. Resolves when it is kept. */
  queueMail: (request: MailRequest) => Promise<void>;
  /** Whether mails leave by a server; false where they are kept as files. */
  isMailed: boolean;
  seenNotes: SeenNotes;
  randomBytes: RandomBytes;
  publicUrl: string | null;
  /** Whether a proxy stands before us, which says whom it speaks for. */
  isBehindProxy: boolean;
  /** Whether this process is about to end. */
  isRetired: () => boolean;
}
