import * as v from 'valibot';
import { isItemId, type ItemId } from '@trolley/shared/document';
import { memberIdSchema } from '@trolley/shared/protocol';

const namesSchema = v.array(v.string());

const itemsSchema = v.array(
  v.object({
    id: v.custom<ItemId>(isItemId),
    name: v.string(),
    isTicked: v.boolean(),
    wantedAt: v.number(),
    note: v.string(),
    amount: v.object({ quantity: v.number(), unit: v.string() }),
  }),
);

const memoSchema = v.object({
  /** When the list was last on show here, with a connection. */
  sinceMs: v.number(),
  /** The list of then. */
  items: itemsSchema,
  /** What can be brought back in one tap. Older versions of the app do not keep it. */
  gone: v.optional(itemsSchema, []),
  /** The card that has not been closed yet. */
  news: v.nullable(
    v.object({
      people: v.array(v.object({ by: v.nullable(memberIdSchema), added: namesSchema, got: namesSchema })),
      changed: namesSchema,
      removed: namesSchema,
    }),
  ),
});

/** What is kept of a list between two looks at it. */
type AwayMemo = v.InferOutput<typeof memoSchema>;

/** As it comes back from storage; null for what another version of the app has kept in another form. */
export function readAwayMemo(value: unknown): AwayMemo | null {
  const memo = v.safeParse(memoSchema, value);
  return memo.success ? memo.output : null;
}
