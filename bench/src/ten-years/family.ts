import type { LivedLog } from '@trolley/api/lived-log';
import type { ListDocument } from '@trolley/shared/document';
import { createMemberId } from '@trolley/shared/protocol';
import { SeededRandom } from '@trolley/shared/testing';
import { FamilyLog } from './family-log.ts';
import { FamilyPhone } from './family-phone.ts';
import { deviceCount } from './sessions.ts';
import type { FamilyEvent } from './workload.ts';

/** Four phones, and the api's log between them. */
export class Family {
  readonly log: FamilyLog;
  readonly phones: readonly FamilyPhone[];

  private constructor(log: FamilyLog, phones: readonly FamilyPhone[]) {
    this.log = log;
    this.phones = phones;
  }

  static async create(api: LivedLog, seed: number, nowMs: number): Promise<Family> {
    const log = await FamilyLog.create(api, deviceCount, nowMs);
    const random = new SeededRandom(seed + 1);
    const randomBytes = (byteLength: number) => random.bytes(byteLength);
    const phones = log.members.map(
      (userId) => new FamilyPhone({ userId, memberId: createMemberId(randomBytes) }, log, () => random.uint32()),
    );
    return new Family(log, phones);
  }

  async live(event: FamilyEvent): Promise<void> {
    this.log.setTime(event.atMs);
    await this.phones[event.device]?.live(event);
  }

  /** Has everybody send and fetch everything; returns the document that they then all have. */
  async meet(): Promise<ListDocument> {
    for (let round = 0; round < 2; round++) for (const phone of this.phones) await phone.sync();
    const [first, ...others] = this.phones.map(({ doc }) => doc);
    if (!first) throw new Error('nobody is there');
    const shown = JSON.stringify(first.view);
    if (others.some((doc) => JSON.stringify(doc.view) !== shown)) throw new Error('the phones show different lists');
    return first;
  }
}
