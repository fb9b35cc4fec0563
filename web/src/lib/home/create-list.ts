import type { ListLook } from '@trolley/shared/document';
import type { ListId } from '@trolley/shared/protocol';
import type { SyncClient } from '@trolley/shared/sync';
import * as m from '#lib/paraglide/messages.js';
import { loadTrolley } from '#lib/sync/load-trolley.ts';
import { rememberVisitor } from './returning-visitor.ts';

/** How a list begins; what is left out is chosen for the person. */
export interface NewList {
  readonly title?: string;
  readonly look?: ListLook;
  readonly fill?: NonNullable<Parameters<SyncClient['create']>[1]>['fill'];
}

/** Begins a list, with or without a network. */
export async function createList({ title = '', ...beginning }: NewList = {}): Promise<ListId> {
  const { client } = await loadTrolley();
  const lists = await client.lists();
  const plainTitle = lists.length > 0 ? m.list_next_title() : m.list_default_title();
  const list = await client.create(title.trim() || plainTitle, beginning);
  rememberVisitor(true);
  // Asks that the browser never throws the lists away to make room. Without a secure context, and in some browsers, there is nobody to ask.
  if ('storage' in navigator) void navigator.storage.persist().catch(() => undefined);
  return list;
}
