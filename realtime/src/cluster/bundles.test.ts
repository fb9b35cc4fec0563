import { beforeEach, describe, expect, it } from 'vitest';
import { bundling, unbundled } from './bundles.ts';
import type { MessageListener } from './shard-subscriber.ts';

const turn = () =>
  new Promise<void>((resolve) => {
    setImmediate(resolve);
  });

describe('what one turn says on a channel', () => {
  let sent: [string, Buffer][];
  let failures: unknown[];
  let isAway: boolean;
  let heard: [string, string][];
  let listener: MessageListener;

  const publisher = bundling(
    {
      spublish(channel, message) {
        if (isAway) return Promise.reject(new Error('away'));
        sent.push([channel, Buffer.from(message)]);
        return Promise.resolve(1);
      },
    },
    (error) => failures.push(error),
  );
  const subscriber = unbundled({
    on: (_event, callback) => {
      listener = callback;
    },
    ssubscribe: () => Promise.resolve(undefined),
    sunsubscribe: () => undefined,
  });
  const say = (channel: string, ...messages: (string | Buffer)[]) => {
    for (const message of messages) void publisher.spublish(channel, message);
  };
  const deliver = () => {
    for (const [channel, bytes] of sent) listener(Buffer.from(channel), bytes);
    return heard;
  };

  beforeEach(() => {
    [sent, failures, heard, isAway] = [[], [], [], false];
    subscriber.on('smessageBuffer', (channel, message) => heard.push([channel.toString(), message.toString('latin1')]));
  });

  it('R2 travels as one message to each channel, and is heard one by one in its order', async () => {
    say('a', Buffer.of(0x84, 0, 255), '{"text":"ä"}', Buffer.alloc(0));
    say('b', Buffer.of(0x84, 7), Buffer.alloc(300, 0x84));
    await turn();
    expect(sent.map(([channel]) => channel)).toEqual(['a', 'b']);
    expect(deliver()).toEqual([
      ['a', '\u0084\u0000ÿ'],
      ['a', '{"text":"\u00c3\u00a4"}'],
      ['a', ''],
      ['b', '\u0084\u0007'],
      ['b', '\u0084'.repeat(300)],
    ]);
  });

  it('R2 travels as it is where it is alone, so that a node which knows no bundles hears it too', async () => {
    say('a', Buffer.of(0x84, 1));
    await turn();
    say('a', '{}');
    await turn();
    expect(sent).toEqual([
      ['a', Buffer.of(0x84, 1)],
      ['a', Buffer.from('{}')],
    ]);
    expect(deliver()).toHaveLength(2);
  });

  it('R2 is answered at once, and a Redis that is away is told of and stops nobody', async () => {
    isAway = true;
    await publisher.spublish('a', '{}');
    await turn();
    expect(failures).toEqual([new Error('away')]);
    isAway = false;
    say('a', '{}');
    await turn();
    expect(deliver()).toEqual([['a', '{}']]);
  });

  it('R2 breaks nothing where a bundle is cut off', () => {
    sent = [
      ['a', Buffer.of(0xc1)],
      ['a', Buffer.of(0xc1, 0, 0, 0)],
      ['a', Buffer.of(0xc1, 0, 0, 0, 9, 1)],
    ];
    expect(deliver()).toEqual([['a', '\u0001']]);
  });
});
