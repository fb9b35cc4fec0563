import * as v from 'valibot';
import { isItemId, type Item, type ItemId } from '@trolley/shared/document';
import { memberIdSchema } from '@trolley/shared/protocol';
import { changesOf, type ChangeKind, type Changes, type NotedChange } from './journal.ts';

const maxItems = 300;
/** One of each kind: what somebody wants to know is who did it last. */
const kinds = ['name', 'quantity', 'note', 'category', 'removed'] as const satisfies readonly ChangeKind[];

const keptSchema = v.array(
  v.tuple([
    v.custom<ItemId>(isItemId),
    v.array(
      v.object({
        kind: v.picklist(kinds),
        at: v.number(),
        by: v.nullable(memberIdSchema),
        quantity: v.exactOptional(v.number()),
      }),
    ),
  ]),
);

/** Changes as they come back from storage; none where another version of the app has kept them in another form. */
export function readKept(value: unknown): Changes {
  const kept = v.safeParse(keptSchema, value);
  return new Map(kept.success ? kept.output : []);
}

/** Changes as they are stored. */
export function toKept(changes: Changes): unknown {
  return [...changes];
}

/** What is another than it was. Something that is wanted anew is not changed, whatever is said of it in that moment. */
export function changedKinds(was: Item | undefined, now: Item | undefined): readonly ChangeKind[] {
  if (was === undefined) return [];
  if (now === undefined) return ['removed'];
  const isOther: Readonly<Record<ChangeKind, boolean>> = {
    name: was.name !== now.name,
    quantity:
      was.wantedAt === now.wantedAt &&
      (was.amount.quantity !== now.amount.quantity || was.amount.unit !== now.amount.unit),
    note: was.note !== now.note,
    category: was.category !== now.category,
    removed: false,
  };
  return kinds.filter((kind) => isOther[kind]);
}

/** Adds what was seen of one item. The last change of each kind is kept, and of so many items at most. */
export function noteChanges(changes: Changes, id: ItemId, seen: readonly NotedChange[]): Changes {
  if (seen.length === 0) return changes;
  const newKinds = new Set(seen.map(({ kind }) => kind));
  const of = [...changesOf(changes, id).filter(({ kind }) => !newKinds.has(kind)), ...seen];
  const noted = [...changes].filter(([other]) => other !== id);
  return new Map([...noted.slice(-(maxItems - 1)), [id, of]]);
}
