import { listIdSchema, type ListId } from '@trolley/shared/protocol';
import * as v from 'valibot';
import { callApi } from '#lib/account/api-client.ts';
import type { ListPlaces } from './list-places.ts';

const said = <T>(value: v.GenericSchema<unknown, T>) =>
  v.nullable(
    v.pipe(
      v.object({ value, at: v.string() }),
      v.transform(({ at, ...rest }) => ({ ...rest, atMs: Date.parse(at), isSent: true })),
    ),
  );
const listsSchema = v.array(
  v.object({ list: listIdSchema, place: said(v.nullable(v.string())), archived: said(v.boolean()) }),
);

/** Tells the server where lists are kept, and hears what it knows of all of them. Rejects with a `TrolleyError`. */
export async function exchangePlaces(unsent: ListPlaces): Promise<ListPlaces> {
  const changes = [...unsent].map(([list, { place, archived }]) => ({
    list,
    place: place && { value: place.value, at: toIso(place.atMs) },
    archived: archived && { value: archived.value, at: toIso(archived.atMs) },
  }));
  const lists =
    changes.length === 0
      ? await callApi(listsSchema, '/lists')
      : await callApi(listsSchema, '/lists', { method: 'PATCH', body: { changes } });
  return new Map<ListId, object>(
    lists.map(({ list, place, archived }) => [list, { ...(place && { place }), ...(archived && { archived }) }]),
  );
}

function toIso(atMs: number): string {
  return new Date(atMs).toISOString();
}
