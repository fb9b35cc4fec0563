import { isJson, type Json } from '../model/json.ts';
import type { RootName } from '../model/root-names.ts';
import type { KeyValues } from './key-values.ts';

/** A raw value of a document, unchanged; null where there is none. */
export function jsonAt(doc: KeyValues, root: RootName, key: string): Json {
  const value = doc.read(root, key);
  return isJson(value) ? value : null;
}
