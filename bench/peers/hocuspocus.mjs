// Hocuspocus as its handbook sets it up: with DATABASE_URL it keeps its documents in Postgres, with REDIS_URL it has other nodes beside it.
import { Database } from '@hocuspocus/extension-database';
import { Redis } from '@hocuspocus/extension-redis';
import { Server } from '@hocuspocus/server';
import postgres from 'postgres';

const { PORT, DATABASE_URL, REDIS_URL } = process.env;

const extensions = [];
if (DATABASE_URL !== undefined) extensions.push(await keepIn(DATABASE_URL));
if (REDIS_URL !== undefined) {
  const { hostname, port } = new URL(REDIS_URL);
  extensions.push(new Redis({ host: hostname, port: Number(port) }));
}
const server = new Server({ address: '127.0.0.1', port: Number(PORT), quiet: true, extensions, stopOnSignals: false });
await server.listen();
console.log('ready');

process.on('SIGTERM', () => process.exit(0));

/** @param {string} url */
async function keepIn(url) {
  const sql = postgres(url, { onnotice: () => undefined });
  await sql`create table if not exists documents (name text primary key, data bytea not null)`;
  return new Database({
    fetch: async ({ documentName }) => {
      const [row] = await sql`select data from documents where name = ${documentName}`;
      return row?.data ?? null;
    },
    store: async ({ documentName, state }) => {
      await sql`
        insert into documents (name, data) values (${documentName}, ${state})
        on conflict (name) do update set data = excluded.data`;
    },
  });
}
