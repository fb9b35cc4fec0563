import { randomBytes } from 'node:crypto';
import { createListId } from '@trolley/shared/protocol';
import { MemoryLog } from '@trolley/shared/testing';
import { userIdSchema } from '../http/fields.ts';
import { logEpochContract } from '../testing/log-epoch-contract.ts';
import type { EpochHarness } from '../testing/log-harness.ts';
import { logServiceContract } from '../testing/log-service-contract.ts';

function startMemoryHarness(): Promise<EpochHarness> {
  const log = new MemoryLog();
  return Promise.resolve({
    log,
    createUser: () => Promise.resolve(userIdSchema.parse(randomBytes(16).toString('hex'))),
    createList: (owner) => {
      const list = createListId(randomBytes);
      log.create(list, owner);
      return Promise.resolve(list);
    },
    setRole: (list, user, role) => {
      log.setRole(list, user, role);
      return Promise.resolve();
    },
    rollOver: (list) => Promise.resolve(log.rollOver(list)),
    logId: () => Promise.resolve(log.id),
    backUp: () => {
      const backup = log.backup();
      return Promise.resolve(() => {
        log.restore(backup);
        return Promise.resolve();
      });
    },
    dispose: () => Promise.resolve(),
  });
}

logServiceContract('the log in memory, which simulations use', startMemoryHarness);
logEpochContract('the epochs of the log in memory', startMemoryHarness);
