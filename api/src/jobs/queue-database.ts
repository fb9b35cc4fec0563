import type { Db } from 'pg-boss';
import type { ParameterOrJSON, Sql } from 'postgres';
import type { Lane } from '../store/open-lane.ts';

/**
 * pg-boss over our own driver. What it sends as a script (its tables, its maintenance) says BEGIN and COMMIT, which must not be said on a
 * connection that others use too: a failure in between would leave them all in a dead transaction. Without these words Postgres makes of one
 * message one transaction by itself, which ends with it, well or not.
 */
export function createQueueDatabase(lane: Lane): Db {
  return {
    executeSql: async (text, values = []) => {
      const { sql } = lane;
      if (values.length > 0) return { rows: [...(await sql.unsafe(text, toParameters(sql, values)))] };
      const script = text.replace(/^\s*BEGIN;/, '').replace(/COMMIT;\s*$/, '');
      const results: unknown[] = [...(await sql.unsafe(script))];
      return { rows: results.flat() };
    },
  };
}

function toParameters(sql: Sql, values: readonly unknown[]): ParameterOrJSON<never>[] {
  return values.map((value) => toParameter(sql, value));
}

/** A list becomes an array of Postgres', any other object JSON, which goes as text: the driver would quote it once more. */
function toParameter(sql: Sql, value: unknown): ParameterOrJSON<never> {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (value instanceof Date || value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => String(item));
  return sql.typed(JSON.stringify(value), textType);
}

/** What Postgres calls its type text by. */
const textType = 25;
