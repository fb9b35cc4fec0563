import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testList as list } from '../testing/family-updates.ts';
import { createTabChannel, type TabChannel, type TabMessage } from './tab-channel.ts';

describe('the channel between tabs', () => {
  let here: TabChannel;
  let there: TabChannel;
  let raw: BroadcastChannel;
  let heard: TabMessage[];
  let name = 0;

  beforeEach(() => {
    name += 1;
    here = createTabChannel(`tabs-${String(name)}`);
    there = createTabChannel(`tabs-${String(name)}`);
    raw = new BroadcastChannel(`tabs-${String(name)}`);
    heard = [];
  });
  afterEach(() => {
    for (const channel of [here, there, raw]) channel.close();
  });

  /** Everything that was posted before has arrived when this has. */
  const arrived = async () => {
    const marker = once(raw, 'message');
    here.post({ kind: 'lists-changed' });
    await marker;
  };

  it('P1 carries edits to the other tabs, bytes and all, and not back', async () => {
    const echoes: TabMessage[] = [];
    here.listen((message) => echoes.push(message));
    there.listen((message) => heard.push(message));
    const edited: TabMessage = { kind: 'edited', list, epoch: 0, update: Uint8Array.of(1, 2, 3) };
    here.post(edited);
    here.post({ kind: 'outbox-changed', list });
    await arrived();
    await expect.poll(() => heard).toEqual([edited, { kind: 'outbox-changed', list }, { kind: 'lists-changed' }]);
    expect(echoes).toEqual([]);
  });

  it.each([
    ['nothing', null],
    ['text', 'edited'],
    ['an unknown kind', { kind: 'obeyed', list }],
    ['no list', { kind: 'outbox-changed' }],
    ['another kind of list', { kind: 'outbox-changed', list: '<script>' }],
    ['no bytes', { kind: 'edited', list, epoch: 0, update: [1, 2, 3] }],
    ['a broken epoch', { kind: 'edited', list, epoch: 0.5, update: new Uint8Array() }],
  ])('P11 ignores %s from a tab of another version', async (_what, message) => {
    there.listen((known) => heard.push(known));
    raw.postMessage(message);
    here.post({ kind: 'outbox-changed', list });
    await expect.poll(() => heard).toContainEqual({ kind: 'outbox-changed', list });
    expect(heard).toHaveLength(1);
  });

  it('P1 says nothing more to who has stopped listening', async () => {
    const stop = there.listen((message) => heard.push(message));
    const stillHeard: TabMessage[] = [];
    there.listen((message) => stillHeard.push(message));
    stop();
    here.post({ kind: 'lists-changed' });
    await expect.poll(() => stillHeard).toHaveLength(1);
    expect(heard).toEqual([]);
  });
});
