import type { z } from 'zod';
import type { meSchema, profileChangeSchema } from './auth/me-routes.ts';
import type {
  createdInviteSchema,
  invitePreviewSchema,
  inviteSchema,
  joinedSchema,
  newInviteSchema,
} from './invites/invite-schemas.ts';
import type { listSummarySchema } from './lists/list-routes.ts';
import type { memberSchema } from './members/member-routes.ts';

/** What the api answers and takes, for its callers in TypeScript. Import it as types only. */
export type { Failure } from './http/envelope.ts';
export type Me = z.infer<typeof meSchema>;
export type ProfileChange = z.infer<typeof profileChangeSchema>;
export type ListSummary = z.infer<typeof listSummarySchema>;
export type Member = z.infer<typeof memberSchema>;
export type NewInvite = z.input<typeof newInviteSchema>;
export type CreatedInvite = z.infer<typeof createdInviteSchema>;
export type Invite = z.infer<typeof inviteSchema>;
export type InvitePreview = z.infer<typeof invitePreviewSchema>;
export type Joined = z.infer<typeof joinedSchema>;

export interface Success<T> {
  success: true;
  data: T;
  message: string;
  timestamp: string;
}
