import { TrolleyError, systemClock, type ListId, type MemberId } from '@trolley/shared/protocol';
import { formatAmountIn, type Author, type ItemId, type Listed } from '@trolley/shared/document';
import type { OpenList } from '@trolley/shared/sync';
import type { Suggestion } from '#lib/catalogue/groceries.ts';
import { GroceriesSource } from '#lib/catalogue/groceries-source.svelte.ts';
import * as m from '#lib/paraglide/messages.js';
import type { EditHistory, HistoryParts } from '#lib/history/edit-history.ts';
import { rememberVisitor } from '#lib/home/returning-visitor.ts';
import { listMembers } from '#lib/sharing/members-api.ts';
import { readKnownPeople, writeKnownPeople } from '#lib/sharing/known-people.ts';
import { useTrolley, type Trolley } from '#lib/sync/trolley.ts';
import { Toaster } from '#lib/ui/toaster.svelte.ts';
import { amountStyle } from './amount-style.ts';
import { ListEditing, type Added, type Notice } from './list-editing.ts';
import { ListState } from './list-state.svelte.ts';
import { refusalText } from './refusal-text.ts';
import { SeenChanges } from './seen-changes.ts';
import { Undoing } from './undoing.ts';
import { noticeText } from './notice-text.ts';

/** A list that is open on the screen, with everything that it can be asked to do. */
export interface OpenScreen {
  readonly listId: ListId;
  readonly list: ListState;
  readonly editing: ListEditing;
  readonly toaster: Toaster;
  readonly undoing: Undoing;
  readonly trolley: Trolley;
  readonly self: () => MemberId;
  /** Who does something here, now. */
  readonly author: () => Author;
  /** Adds a line and says so where it did not do what was meant. Null when nothing was added. */
  readonly add: (line: string, chosen?: Suggestion) => ItemId | null;
  /** Makes an edit once the frame is on the screen in which the browser shows the tap. The chip says at once that something is on its way. */
  readonly editSoon: (edit: () => void) => void;
  readonly seen: SeenChanges;
  /** Says that the screen is on show. One that is not within a moment is disposed: its navigation was given up while the list was opening. */
  readonly show: () => void;
  /** Takes the list off this phone. */
  readonly forget: () => Promise<void>;
  readonly dispose: () => void;
}

const unshownMs = 5_000;
const reportAfterMs = 1_000;

/** Opens a list. Rejects with a `TrolleyError` as `SyncClient.open`. */
export async function openScreen(listId: ListId): Promise<OpenScreen> {
  const trolley = await useTrolley();
  const { client, account } = trolley;
  await requireReason(trolley, listId);
  const open = await client.open(listId);
  rememberVisitor(true);
  const toaster = new Toaster();
  const self = () => account.memberId;
  const list = createState(open, listId, self);
  const author = () => ({ memberId: account.memberId, nowMs: client.nowMs });
  const groceries = new GroceriesSource(() => list.document);
  const editing = new ListEditing({
    list,
    author,
    groceries,
    onNotice: (notice) => {
      toaster.show(toToast(notice));
    },
  });
  const history = { trolley, listId, document: () => list.document, author };
  const seen = new SeenChanges({ trolley, listId, open, self });
  const stopLearning = open.on((event) => {
    if (event === 'roster' && open.roster.length > 0) void learnMembers(list, listId);
  });
  let stopReporting = (): void => undefined;
  const dispose = () => {
    trolley.afterPaint.doWaiting();
    stopReporting();
    clearTimeout(unshown);
    stopLearning();
    list.dispose();
    seen.dispose();
    toaster.clear();
    void client.close(listId);
  };
  const unshown = setTimeout(dispose, unshownMs);
  return {
    listId,
    list,
    editing,
    toaster,
    undoing: new Undoing({ list, editing, toaster, load: () => loadHistory(history) }),
    seen,
    trolley,
    self,
    author,
    add: (line, chosen) => add(editing, toaster, line, chosen),
    editSoon: editSoonIn(list, trolley),
    show: () => {
      clearTimeout(unshown);
      groceries.loadAhead();
      stopReporting();
      stopReporting = reportSeenLater(trolley, open, listId);
      seen.start();
    },
    forget: () => client.forget(listId),
    dispose,
  };
}

function editSoonIn(list: ListState, { afterPaint }: Trolley): OpenScreen['editSoon'] {
  return (edit) => {
    list.expectEdit();
    afterPaint.run(() => {
      list.readSync();
      edit();
    });
  };
}

/** Begins to report what is seen, not in the way of the first paint. Without its file nobody is told, and nothing is lost. Returns how to stop. */
function reportSeenLater(trolley: Trolley, open: OpenList, listId: ListId): () => void {
  let stop = (): void => undefined;
  const start = async () => {
    const { reportSeen } = await import('./report-seen.ts');
    if (!stopping.signal.aborted) stop = reportSeen(trolley, open, listId);
  };
  const stopping = new AbortController();
  const timer = setTimeout(() => void start().catch(() => undefined), reportAfterMs);
  return () => {
    stopping.abort();
    clearTimeout(timer);
    stop();
  };
}

function createState(open: OpenList, listId: ListId, self: () => MemberId): ListState {
  return new ListState({
    open,
    clock: systemClock,
    self,
    people: readKnownPeople(listId),
    onPeople: (people) => {
      writeKnownPeople(listId, people);
    },
  });
}

async function loadHistory(parts: HistoryParts): Promise<EditHistory> {
  const { openHistory } = await import('#lib/history/edit-history.ts');
  return openHistory(parts);
}

/** Nobody becomes a guest by looking: without a copy and without a session there is nothing that a connection could show. */
async function requireReason({ client, account }: Trolley, listId: ListId): Promise<void> {
  const stored = await client.lists();
  if (stored.some(({ list }) => list === listId) || (await account.findSession())) return;
  throw new TrolleyError('not-found', 'no copy and no session');
}

function add(editing: ListEditing, toaster: Toaster, line: string, chosen?: Suggestion): ItemId | null {
  try {
    const added = editing.add(line, chosen);
    if (added?.listed) offerMore(editing, toaster, added, added.listed);
    return added?.id ?? null;
  } catch (error) {
    toaster.show({ text: refusalText(error) });
    return null;
  }
}

/** Says that it is there, and offers as much as both would be. */
function offerMore(editing: ListEditing, toaster: Toaster, { id, name }: Added, listed: Listed): void {
  const text = m.list_already_listed({ name });
  if (listed.raised === null) {
    toaster.show({ text });
    return;
  }
  const label = m.list_make_it({ amount: formatAmountIn(listed.raised, amountStyle) });
  const run = () => {
    editing.raise(id, listed);
  };
  toaster.show({ text, action: { label, run } });
}

function toToast(notice: Notice) {
  return { text: noticeText(notice), action: { label: m.notice_undo(), run: notice.undo } };
}

/** Learns the names of those who are not here now, whose edits stand on the list all the same. Without them it shows no names. */
async function learnMembers(list: ListState, listId: ListId): Promise<void> {
  try {
    list.learn(await listMembers(listId));
  } catch (error) {
    if (!(error instanceof TrolleyError)) throw error;
  }
}
