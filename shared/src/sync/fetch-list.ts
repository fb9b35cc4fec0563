import {
  errorTable,
  TrolleyError,
  type Clock,
  type ListId,
  type LogId,
  type PullResult,
  type RandomBytes,
} from '../protocol/index.ts';
import { backoffMs } from './backoff.ts';
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
  clock: Clock;
  randomBytes: RandomBytes;
  /** The server's log. */
  log: LogId;
}

/** So often it is asked for, within some four seconds: what restarts is back by then, and whoever waits wants to know. */
const maxTries = 5;
/** Who is told to come back later than that is told so at once. */
const longestPauseMs = 4_000;

/**
 * Brings a list here that this phone has never seen. Rejects with the server's refusal, which is asked again first if that may help, and with `unavailable` when it
 * does not answer. A phone that refuses to store the list has it for as long as it is open.
 */
export async function fetchList(parts: FetchParts): Promise<StoredCopy> {
  const { list, storage, randomBytes, log } = parts;
  const { role, epoch, head, updates } = await pull(parts);
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

async function pull({ list, transport, clock, randomBytes }: FetchParts): Promise<PullResult> {
  for (let attempt = 0; ; attempt += 1) {
    const answer = await transport.pull({ list, epoch: 0, cursor: 0 }, answerTimeoutMs).catch((cause: unknown) => {
      throw new TrolleyError('unavailable', 'no answer', { cause });
    });
    if (answer.ok) return answer.value;
    const { code, message, retryAfterMs = 0 } = answer.error;
    const mayHelp = errorTable[code].isRetryable && retryAfterMs <= longestPauseMs;
    if (!mayHelp || attempt + 1 === maxTries) throw new TrolleyError(code, message);
    const random = (randomBytes(1)[0] ?? 0) / 256;
    const pauseMs = Math.max(retryAfterMs, backoffMs(attempt, random));
    await new Promise<void>((resolve) => clock.schedule(pauseMs, resolve));
  }
}
