import { TrolleyError, type ListId, type LogId, type RandomBytes } from '../protocol/index.ts';
import { drawClientId } from './draw-client-id.ts';
import { answerTimeoutMs } from './push-outbox.ts';
import { restoreDocument } from './restore-document.ts';
import { newList, type Storage, type StoredCopy } from './storage.ts';
import { summarize } from './summarize.ts';
import type { Transport } from './transport.ts';

interface FetchParts {
  list: ListId;
  storage: Storage;
  transport: Transport;
  randomBytes: RandomBytes;
  /** The server's log. */
  log: LogId;
}

/**
 * Brings a list here that this phone has never seen. Rejects with the server's refusal, with `unavailable` when it does not answer. A phone
 * that refuses to store the list has it for as long as it is open.
 */
export async function fetchList({ list, storage, transport, randomBytes, log }: FetchParts): Promise<StoredCopy> {
  const answer = await transport.pull({ list, epoch: 0, cursor: 0 }, answerTimeoutMs).catch((cause: unknown) => {
    throw new TrolleyError('unavailable', 'no answer', { cause });
  });
  if (!answer.ok) throw new TrolleyError(answer.error.code, answer.error.message);
  const { role, epoch, head, updates } = answer.value;
  const place = { log, epoch, cursor: head };
  const meta = { ...newList(list), role, ...place };
  const fetched: StoredCopy = { meta, updates, confirmedCount: updates.length, waiting: 0, pieces: [] };
  const { document } = restoreDocument(fetched, drawClientId(randomBytes));
  const summary = summarize(document);
  document.dispose();
  try {
    await storage.saveList(list, { role, ...summary });
    await storage.replace(list, place, updates);
    return (await storage.load(list)) ?? fetched;
  } catch {
    return fetched;
  }
}
