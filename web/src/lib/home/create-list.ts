import type { ListId } from '@trolley/shared/protocol';
import * as m from '#lib/paraglide/messages.js';
import { loadTrolley } from '#lib/sync/load-trolley.ts';
import { rememberVisitor } from './returning-visitor.ts';

/** Begins a list, with or without a network. */
export async function createList(): Promise<ListId> {
  const { client } = await loadTrolley();
  const lists = await client.lists();
  const list = await client.create(lists.length > 0 ? m.list_next_title() : m.list_default_title());
  rememberVisitor(true);
  // Asks that the browser never throws the lists away to make room; without a secure context there is nobody to ask.
  if (isSecureContext) void navigator.storage.persist();
  return list;
}
