import { z } from '@hono/zod-openapi';

/** What a mail's link is for. */
export const mailKinds = ['sign-in', 'reset-password', 'verify-address'] as const;
export type MailKind = (typeof mailKinds)[number];

/** The languages that mails are written in: those of the app. */
export const mailLanguages = ['en', 'de', 'fr', 'es', 'ar'] as const;
export type MailLanguage = (typeof mailLanguages)[number];

/** What waits in line of a mail. No link is in it: it is made when the mail leaves, so that none grows old in line and none is kept. */
export const mailRequestSchema = z.object({
  kind: z.enum(mailKinds),
  email: z.email().max(254),
  language: z.enum(mailLanguages),
  /** Where the reader finds us, such as `https://trolley.example`. */
  origin: z.url({ protocol: /^https?$/ }),
});
export type MailRequest = z.infer<typeof mailRequestSchema>;
