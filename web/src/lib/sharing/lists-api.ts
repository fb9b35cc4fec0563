import type { ListId } from '@trolley/shared/protocol';
import * as v from 'valibot';
import { callApi } from '#lib/account/api-client.ts';

/** Deletes a list for everybody; for owners. */
export async function deleteList(list: ListId): Promise<void> {
  await callApi(v.unknown(), `/lists/${list}`, { method: 'DELETE' });
}
