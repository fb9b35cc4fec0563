import { ListDocument } from '../document/index.ts';
import type { ListId } from '../protocol/index.ts';
import { applyUpdates } from './apply-updates.ts';
import { answerTimeoutMs } from './push-outbox.ts';
import type { Storage } from './storage.ts';
import type { Transport } from './transport.ts';

/**
 * Gives the server what edits of an epoch build on that the copy has left: a restore may have lost it since. Whether the server has taken it.
 */
export async function giveLeftEpoch(
  { list, storage, transport }: { list: ListId; storage: Storage; transport: Transport },
  epoch: number,
): Promise<boolean> {
  const left = await storage.leftEpoch(list, epoch);
  if (!left?.log) return false;
  const document = new ListDocument({ epoch });
  applyUpdates(document, left.updates, 'storage');
  const update = document.encode();
  document.dispose();
  const answer = await transport.push({ list, epoch, update, isBulk: true, lostLog: left.log }, answerTimeoutMs);
  return answer.ok;
}
