import type { Role } from '@trolley/shared/protocol';
import * as m from '#lib/paraglide/messages.js';

/** What a role is called. */
export function roleText(role: Role): string {
  switch (role) {
    case 'owner':
      return m.share_role_owner();
    case 'editor':
      return m.share_role_editor();
    case 'viewer':
      return m.share_role_viewer();
  }
}
