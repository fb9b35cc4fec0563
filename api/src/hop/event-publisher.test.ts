import { eventChannel, eventCodec } from '@trolley/shared/hop';
import { createListId, type ListEvent } from '@trolley/shared/protocol';
import { settle } from '@trolley/shared/testing';
import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { recordLog } from '../testing/log-lines.ts';
import { createEventPublisher } from './event-publisher.ts';

const event: ListEvent = {
  kind: 'appended',
  list: createListId(randomBytes),
  epoch: 0,
  seq: 4,
  update: Uint8Array.of(1, 2),
};

it('R13 an event is published as it is', () => {
  const sent: [string, ListEvent][] = [];
  const redis = {
    spublish(channel: string, message: Buffer) {
      sent.push([channel, eventCodec.decode(message)]);
      return Promise.resolve(1);
    },
  };
  createEventPublisher(redis, recordLog().logger).publish(event);
  expect(sent.map(([channel, { kind }]) => [channel, kind])).toEqual([[eventChannel, 'appended']]);
  const [[, received] = []] = sent;
  expect(received?.kind === 'appended' && [...received.update]).toEqual([1, 2]);
});

it('R13 an event that Redis does not take keeps nobody from going on, and is logged', async () => {
  const { logger, lines } = recordLog();
  createEventPublisher({ spublish: () => Promise.reject(new Error('no Redis')) }, logger).publish(event);
  await settle();
  expect(lines.join('')).toContain('no Redis');
});
