import { FakeClock } from '@trolley/shared/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeHub, type FakeBus } from '../testing/fake-bus.ts';
import { Pulse } from './pulse.ts';

describe('the pulse of a node', () => {
  let clock: FakeClock;
  let hub: FakeHub;

  beforeEach(() => {
    clock = new FakeClock(0);
    hub = new FakeHub();
  });

  const start = (node: string, bus: FakeBus = hub.join()) => {
    const heard: string[] = [];
    const pulse = new Pulse(
      { node, bus, clock },
      {
        onUp: () => heard.push(`up at ${clock.nowMs()}`),
        onDown: () => heard.push(`down at ${clock.nowMs()}`),
        onNodeGone: (gone) => heard.push(`${gone} gone at ${clock.nowMs()}`),
      },
    );
    return { heard, pulse, bus };
  };

  it('R15 says that it can hear the others as soon as it hears itself', async () => {
    const { heard, pulse } = start('a');
    await clock.advance(60_000);
    expect([heard, pulse.isUp]).toEqual([['up at 0'], true]);
  });

  it('R15 says at once that a connection is broken, and that it is back', async () => {
    const { heard } = start('a');
    await clock.advance(700);
    hub.goDown();
    await clock.advance(4_000);
    hub.comeUp();
    await clock.advance(10);
    expect(heard).toEqual(['up at 0', 'down at 700', 'up at 4700']);
  });

  it('R15 finds out within two seconds that nothing is carried any more, though no connection has broken', async () => {
    const { heard, bus } = start('a');
    await clock.advance(600);
    hub.isFrozen = true;
    await clock.advance(2_000);
    expect(heard).toEqual(['up at 0', 'down at 2000']);
    await clock.advance(30_000);
    expect(bus.reconnects).toBeGreaterThan(2);
    hub.isFrozen = false;
    await clock.advance(500);
    expect(heard.at(-1)).toBe('up at 33000');
  });

  it('R15 is only whole when all shards are', async () => {
    const { heard, bus } = start('a', hub.join(['one', 'two']));
    await clock.advance(1_000);
    bus.deafTo.add('two');
    await clock.advance(2_000);
    expect(heard).toEqual(['up at 0', 'down at 2500']);
    bus.deafTo.clear();
    await clock.advance(500);
    expect(heard.at(-1)).toBe('up at 3500');
  });

  it('R17 notices that a node has gone silent, once, and does not miss one that lives', async () => {
    const [a, b, c] = [start('a'), start('b'), start('c')];
    await clock.advance(5_000);
    b.pulse.dispose();
    await clock.advance(60_000);
    expect(a.heard).toEqual(['up at 0', 'b gone at 15000']);
    expect(c.heard).toEqual(['up at 0', 'b gone at 15000']);
  });

  it('R17 leaves nothing running', async () => {
    const { pulse } = start('a');
    await clock.advance(1_000);
    pulse.dispose();
    expect(clock.pendingTimers).toBe(0);
  });
});
