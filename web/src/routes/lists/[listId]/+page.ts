import { listIdSchema } from '@trolley/shared/protocol';
import { openScreen } from '#lib/list/open-screen.ts';
import { refuse } from '#lib/refuse.ts';
import type { PageLoad } from './$types.js';

export const load: PageLoad = async ({ params }) => {
  const listId = listIdSchema.safeParse(params.listId);
  if (!listId.success) return refuse('not-found');
  try {
    return { screen: await openScreen(listId.data) };
  } catch (error) {
    return refuse(error);
  }
};
