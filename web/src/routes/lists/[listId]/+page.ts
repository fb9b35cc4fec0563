import { listIdSchema } from '@trolley/shared/protocol';
import { safeParse } from 'valibot';
import { openScreen } from '#lib/list/open-screen.ts';
import { refuse } from '#lib/refuse.ts';
import type { PageLoad } from './$types.js';

export const load: PageLoad = async ({ params }) => {
  const listId = safeParse(listIdSchema, params.listId);
  if (!listId.success) return refuse('not-found');
  try {
    return { screen: await openScreen(listId.output) };
  } catch (error) {
    return refuse(error);
  }
};
