import type { LogId, WireError } from '../protocol/index.ts';
import { bringBack, type BroughtBack } from './bring-back.ts';
import { bringsNews } from './brings-news.ts';
import { encodeConfirmed } from './encode-confirmed.ts';
import type { Incoming } from './incoming.ts';
import type { ListSyncHost, ListSyncParts } from './list-sync-parts.ts';
import type { LogReader } from './log-reader.ts';
import { restoreDocument } from './restore-document.ts';
import { isHeardElsewhere } from './storage.ts';

interface OpenListParts extends ListSyncParts {
  host: ListSyncHost;
  incoming: Incoming;
  reader: Pick<LogReader, 'isDisposed' | 'lostLog' | 'mayPush' | 'noteBroughtBack' | 'noteEntered'>;
  /** The server's log. */
  log: LogId;
  onRefused: (error: WireError) => void;
}

/** Gives the server what it may have lost of an open list. Whether the log may be read on; what stood against it has been seen to. */
export async function bringOpenBack(parts: OpenListParts): Promise<boolean> {
  const { host, incoming, log, reader } = parts;
  const confirmed = await confirmedOf(parts);
  // Another tab may have seen to it.
  if (reader.lostLog === null) return true;
  const { epoch } = host.document();
  const outcome = await give(parts, reader.lostLog, confirmed);
  if (outcome === null) return false;
  const { result, given } = outcome;
  // Another tab has brought the copy into another epoch meanwhile: what was answered is of this one.
  if (host.document().epoch !== epoch) return reader.mayPush;
  reader.noteBroughtBack();
  if (result.epoch !== epoch || incoming.log !== log) return true;
  // A phone that refuses to read or to store goes on with what it has.
  if (await leaveOutdated(parts, [...result.updates, confirmed]).catch(() => false)) return false;
  await incoming.takePull(result);
  if (given?.result.epoch === epoch) incoming.noteOwn(given.result, given.update, true);
  return true;
}

/** All that is confirmed: by the phone's storage, which alone can tell it from what waits; the document, where there is none. */
async function confirmedOf({ host, incoming, list, log, reader, storage }: OpenListParts): Promise<Uint8Array> {
  const copy = await storage.load(list).catch(() => null);
  if (copy !== null && copy.meta.epoch !== host.document().epoch) {
    host.enterCopy(copy);
  } else if (copy?.meta.log === log) {
    reader.noteEntered(log, true);
  }
  const isWhole = copy !== null && incoming.isStored;
  return (isWhole ? encodeConfirmed(copy) : null) ?? host.document().encode();
}

/**
 * What somebody else was to bring into the lost log, nobody may have any more: whoever made it knows what has become of it there, and gives that back.
 * So it goes from here, unless an own edit builds on it. `there`: what the server has. Whether the document had to begin anew. Rejects when the
 * phone's storage does.
 */
async function leaveOutdated(
  { host, list, log, storage }: OpenListParts,
  there: readonly Uint8Array[],
): Promise<boolean> {
  const copy = await storage.load(list);
  const { epoch } = host.document();
  if (copy?.meta.epoch !== epoch) return false;
  const waiting = (await storage.outbox(list, Number.MAX_SAFE_INTEGER)).filter((entry) => entry.epoch === epoch);
  const outdated = waiting.filter((entry) => isHeardElsewhere(entry, log));
  const own = waiting.filter((entry) => !outdated.includes(entry)).map(({ update }) => update);
  const rest = restoreDocument({ ...copy, updates: [...there, ...own] });
  const isNeeded = !rest.isComplete;
  const isHere = !isNeeded && bringsNews(rest.document, host.document().encode());
  rest.document.dispose();
  if (!isHere) return false;
  await storage.forget(
    list,
    outdated.map(({ key }) => key),
  );
  const left = await storage.load(list);
  if (left !== null) host.enterCopy(left);
  return true;
}

/** Null when the server could not be given it. */
async function give(
  parts: OpenListParts,
  lostLog: LogId,
  confirmed: Uint8Array,
): Promise<Extract<BroughtBack, { kind: 'done' }> | null> {
  const { connection, host, onRefused, reader } = parts;
  const { epoch, clientId } = host.document();
  const outcome = await bringBack({ ...parts, lostLog, epoch, clientId, hasOwned: host.hasOwned(), confirmed });
  if (outcome.kind === 'lost') connection.drop();
  if (reader.isDisposed) return null;
  if (outcome.kind === 'refused') onRefused(outcome.error);
  if (outcome.kind !== 'done') return null;
  host.setAccess(outcome.result.role);
  return outcome;
}
