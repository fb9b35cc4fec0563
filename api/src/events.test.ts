import { randomBytes } from 'node:crypto';
import { createListId, type ListEvent } from '@trolley/shared/protocol';
import { describe, expect, it } from 'vitest';
import { createAnnouncements } from './events.ts';
import { userIdSchema } from './http/fields.ts';
import { recordLog } from './testing/log-lines.ts';

const event: ListEvent = {
  kind: 'access',
  list: createListId(randomBytes),
  userId: userIdSchema.parse('somebody'),
  role: null,
};

describe('announcements', () => {
  it('S26 reach every subscriber, until it ends its subscription', () => {
    const announcements = createAnnouncements(recordLog().logger);
    const heard: string[] = [];
    const stops = ['a', 'b', 'b'].map((name) => announcements.subscribe(() => heard.push(name)));
    announcements.announce(event);
    stops[2]?.();
    announcements.announce(event);
    expect(heard).toEqual(['a', 'b', 'b', 'a', 'b']);
  });

  it('S26 reach the others when one subscriber fails', () => {
    const { logger, lines } = recordLog();
    const announcements = createAnnouncements(logger);
    const heard: ListEvent[] = [];
    announcements.subscribe(() => {
      throw new Error('a broken relay');
    });
    announcements.subscribe((told) => heard.push(told));
    announcements.announce(event);
    expect(heard).toEqual([event]);
    expect(lines.join('')).toContain('a broken relay');
  });
});
