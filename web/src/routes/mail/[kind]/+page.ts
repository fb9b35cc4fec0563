import { mailKinds } from '#lib/account/mails-api.ts';
import { useTrolley } from '#lib/sync/trolley.ts';
import { refuse } from '#lib/refuse.ts';
import type { PageLoad } from './$types.js';

export const load: PageLoad = async ({ params }) => {
  const kind = mailKinds.find((known) => known === params.kind) ?? refuse('not-found');
  // The part behind the # is in no request, and SvelteKit's `url` does not tell it here.
  return { kind, token: location.hash.slice(1), trolley: await useTrolley() };
};
