import type { ListDocument } from '../list-document.ts';
import { rootNames, type RootName } from '../model/root-names.ts';

/** The raw values of a document: the document itself, or what it had at some moment. */
export type KeyValues = Pick<ListDocument, 'read' | 'keys'>;

/** What a document has now, whatever becomes of it. Much cheaper than a second document. */
export function keepValues(document: KeyValues): KeyValues {
  const roots = new Map<RootName, ReadonlyMap<string, unknown>>(
    rootNames.map((root) => [root, new Map([...document.keys(root)].map((key) => [key, document.read(root, key)]))]),
  );
  return {
    read: (root, key) => roots.get(root)?.get(key),
    keys: (root) => new Map(roots.get(root)).keys(),
  };
}
