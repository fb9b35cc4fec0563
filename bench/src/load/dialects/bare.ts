import type { Dialect } from './dialect.ts';

/** A relay of bytes: a message is an update, and whoever is connected is in the room of the path. */
export const bare: Dialect = {
  handshake: ({ port, list }) => ({ port, path: `/${list}`, headers: [] }),
  begin: () => true,
  greet: () => true,
  encodeEdit: (_seat, update) => update,
  judge: () => 'other',
};
