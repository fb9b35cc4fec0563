import type { ListId } from '@trolley/shared/protocol';
import type { Sql } from 'postgres';
import { loadDocument, type LoadedDocument } from '../log/load-document.ts';
import { lastSeqAt } from './last-seq-at.ts';

/**
 * A list's document as it was at a moment in the past; null when there was nothing yet, or when that is longer ago than its history is kept.
 * The caller disposes of it.
 */
export async function documentAt(sql: Sql, list: ListId, at: Date): Promise<LoadedDocument | null> {
  const seq = await lastSeqAt(sql, list, at);
  return seq === null ? null : loadDocument(sql, list, seq);
}
