import { once } from 'node:events';
import { connect } from 'node:net';
import { KeptProcess } from '@trolley/scripts/cluster/kept-process';
import { startRedis, type RedisServer } from '@trolley/scripts/services/redis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let kept: KeptProcess;
let redis: RedisServer;
beforeEach(async () => {
  kept = new KeptProcess('redis', () => undefined);
  redis = await startRedis({ listener: kept.listener });
  kept.keep(redis.process, redis.url);
});
afterEach(async () => {
  await kept.stop();
  await redis.stop();
});

describe('a process that is kept', () => {
  it('is started again when it dies, and the death is remembered', async () => {
    const before = kept.pid ?? 0;
    process.kill(before, 'SIGKILL');
    await expect.poll(() => kept.deaths.length).toBe(1);
    await kept.untilReady();
    expect(kept.deaths).toEqual([{ code: null, signal: 'SIGKILL', isAsked: false }]);
    expect(kept.pid).not.toBe(before);
  });

  it('is started again when it is killed, which is no death of its own', async () => {
    await kept.kill();
    await kept.untilReady();
    expect(kept.deaths).toEqual([]);
    expect(kept.pid).not.toBe(null);
  });

  it('stays away for as long as it is asked to', async () => {
    await kept.takeAway();
    const socket = connect(redis.port, '127.0.0.1');
    await expect(once(socket, 'connect')).rejects.toThrow('ECONNREFUSED');
    expect(kept.pid).toBe(null);
    await kept.bringBack();
    expect(kept.pid).not.toBe(null);
  });

  it('is another after a restart in good order', async () => {
    const before = kept.pid;
    await kept.restart();
    expect(kept.pid).not.toBe(before);
    expect(kept.lines.join('\n')).toContain('Redis is now ready to exit');
    expect(kept.deaths).toEqual([]);
  });
});
