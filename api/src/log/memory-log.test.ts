import { randomBytes } from 'node:crypto';
import { createListId } from '@trolley/shared/protocol';
import { MemoryLog } from '@trolley/shared/testing';
import { userIdSchema } from '../http/fields.ts';
import { logServiceContract } from '../testing/log-service-contract.ts';

logServiceContract('the log in memory, which simulations use', () => {
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
    dispose: () => Promise.resolve(),
  });
});
