import { useTrolley } from '#lib/sync/trolley.ts';
import type { PageLoad } from './$types.js';

export const load: PageLoad = async () => ({ trolley: await useTrolley() });
