import type { MemberId } from '../../protocol/index.ts';
import type { Amount } from './amount.ts';
import type { CategoryId } from './category.ts';
import type { ItemId } from './item-id.ts';
import type { ListLook } from './list-look.ts';
import type { Minute } from './minute.ts';

/** Something on the list. Immutable: a change makes a new object, and an item that did not change stays the same object. */
export interface Item {
  readonly id: ItemId;
  readonly name: string;
  readonly amount: Amount;
  readonly note: string;
  /** 'other' where the document names a category that this version does not know. */
  readonly category: CategoryId;
  readonly isTicked: boolean;
  readonly wantedAt: Minute;
  readonly wantedBy: MemberId | null;
  /** When and by whom it was ticked; null while it is to buy. */
  readonly gotAt: Minute | null;
  readonly gotBy: MemberId | null;
}

/** Something the list has known, wanted now or not. Immutable, like an item. */
export interface Product {
  readonly id: ItemId;
  readonly name: string;
  /** Unit to prefill when it is wanted again. */
  readonly unit: string;
  readonly category: CategoryId;
  readonly note: string;
  /** When it was wanted; null when it is not on the list. */
  readonly wantedAt: Minute | null;
  /** When it was last ticked, on this visit to the shop or an earlier one; null when that is not known. */
  readonly lastGotAt: Minute | null;
  /** Days between the purchases before that, the latest first. */
  readonly gaps: readonly number[];
  /** Whether it is one of those that are added all at once. */
  readonly isStaple: boolean;
}

/** What the list screen shows. A new object whenever something in it changed. */
export interface ListView {
  readonly title: string;
  readonly look: ListLook;
  /** What is on the list, by (order, id). */
  readonly items: readonly Item[];
}

/** Who does something, and when: `nowMs` is the phone's clock, already corrected by the server's offset. */
export interface Author {
  readonly memberId: MemberId;
  readonly nowMs: number;
}
