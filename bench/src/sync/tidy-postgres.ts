import postgres, { type Sql } from 'postgres';
import type { PostgresServer } from '@trolley/scripts/services/postgres';

/**
 * Lets Postgres do at once what it would do by itself in the next minutes for what has been written so far, also in the databases of other
 * systems: vacuum, statistics, checkpoint. In a step of few commits they would be one percent of those.
 */
export async function tidyPostgres({ sql, postgres: server }: { sql: Sql; postgres: PostgresServer }): Promise<void> {
  const databases = await sql<{ datname: string }[]>`select datname from pg_database where datallowconn`;
  for (const { datname } of databases) {
    const database = postgres(new URL(`/${datname}`, server.url).href, { max: 1, onnotice: () => undefined });
    try {
      await database`vacuum (analyze)`;
    } finally {
      await database.end();
    }
  }
  await sql`checkpoint`;
}
