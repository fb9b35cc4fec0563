import { readInvite } from '#lib/sharing/invites-api.ts';
import { useTrolley } from '#lib/sync/trolley.ts';
import { refuse } from '#lib/refuse.ts';
import type { PageLoad } from './$types.js';

export const load: PageLoad = async ({ params: { token } }) => {
  try {
    const [invite, trolley] = await Promise.all([readInvite(token), useTrolley()]);
    return { invite, token, trolley };
  } catch (error) {
    return refuse(error);
  }
};
