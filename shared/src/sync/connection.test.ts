import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeAccount } from '../testing/fake-account.ts';
import { FakeClock, settle } from '../testing/fake-clock.ts';
import { testLog } from '../testing/family-updates.ts';
import { ScriptedTransport } from '../testing/scripted-transport.ts';
import type { ConnectionState } from './connection-state.ts';
import { Connection } from './connection.ts';
import type { CloseReason } from './transport.ts';

describe('the connection', () => {
  let clock: FakeClock;
  let transport: ScriptedTransport;
  let account: FakeAccount;
  let connection: Connection;
  let states: ConnectionState[];

  beforeEach(() => {
    clock = new FakeClock();
    transport = new ScriptedTransport();
    account = new FakeAccount();
    states = [];
    // The longest wait of each attempt: 255/256 of the ceiling.
    const randomBytes = (byteLength: number) => new Uint8Array(byteLength).fill(255);
    connection = new Connection({ transport, account, clock, randomBytes });
    connection.onChange((state) => states.push(state));
  });
  afterEach(() => {
    connection.dispose();
    expect(clock.pendingTimers).toBe(0);
  });

  const open = () => {
    transport.emit({ kind: 'open', serverNowMs: clock.nowMs(), log: testLog });
  };
  const close = (reason: CloseReason = 'lost') => {
    transport.emit({ kind: 'close', reason });
  };
  const connect = async () => {
    connection.want();
    await settle();
    open();
  };

  it('P1 asks for a session, then connects', async () => {
    await connect();
    expect([states, account.asked, transport.connects]).toEqual([
      ['signing-in', 'connecting', 'connected'],
      ['ensureSession'],
      ['connect'],
    ]);
  });

  it('P1 does nothing before something is wanted', async () => {
    connection.wake();
    connection.loseNetwork();
    await clock.advance(60_000);
    expect([states, account.asked, transport.connects]).toEqual([[], [], []]);
  });

  it('P1 tries again after a loss, later each time, and from the beginning after a good connection', async () => {
    await connect();
    const waits: number[] = [];
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const lostAtMs = clock.nowMs();
      close();
      while (connection.state !== 'connecting') await clock.advance(50);
      waits.push(clock.nowMs() - lostAtMs);
    }
    expect(waits).toEqual([250, 500, 1_000]);
    open();
    await clock.advance(5_000);
    close();
    await clock.advance(250);
    expect(connection.state).toBe('connecting');
  });

  it('P1 tries at once when the person is back', async () => {
    await connect();
    close();
    connection.wake();
    await settle();
    expect(connection.state).toBe('connecting');
  });

  it('P19 goes to another node at once when its own goes away, and nobody sees it', async () => {
    await connect();
    await clock.advance(5_000);
    close('dismissed');
    expect([connection.state, connection.isOffline]).toEqual(['signing-in', false]);
    await settle();
    expect([connection.state, transport.connects.length]).toEqual(['connecting', 2]);
  });

  it('P19 does not hurry back to a node that dismisses whoever comes', async () => {
    await connect();
    close('dismissed');
    expect(connection.state).toBe('waiting');
    await clock.advance(250);
    open();
    close('dismissed');
    await clock.advance(400);
    expect(connection.state).toBe('waiting');
  });

  it('P19 comes back when a node without time wants it to', async () => {
    connection.want();
    await settle();
    transport.emit({ kind: 'close', reason: 'lost', retryAfterMs: 1_500 });
    await clock.advance(1_499);
    expect(connection.state).toBe('waiting');
    await clock.advance(1);
    expect(connection.state).toBe('connecting');
    close();
    await clock.advance(500);
    expect(connection.state).toBe('connecting');
  });

  it('P1 waits for as long as the api asks it to, and counts one failure', async () => {
    account.refusal = { code: 'rate-limited', retryAfterMs: 20_000 };
    connection.want();
    await settle();
    await clock.advance(19_999);
    expect([connection.state, account.asked.length]).toEqual(['waiting', 1]);
    account.refusal = { code: 'unavailable' };
    await clock.advance(1);
    expect([connection.state, account.asked.length]).toEqual(['waiting', 2]);
    await clock.advance(500);
    expect(account.asked).toHaveLength(3);
  });

  it('P1 leaves nothing running when it ends while the api is asked', async () => {
    account.refusal = { code: 'rate-limited', retryAfterMs: 20_000 };
    connection.want();
    connection.stop();
    await settle();
    expect([connection.state, clock.pendingTimers]).toEqual(['idle', 0]);
  });

  it('P1 an answer of the api to an earlier question says nothing about a later one', async () => {
    const answers: PromiseWithResolvers<undefined>[] = [];
    account.ensureSession = () => {
      const answer = Promise.withResolvers<undefined>();
      answers.push(answer);
      return answer.promise;
    };
    connection.want();
    connection.loseNetwork();
    connection.wake();
    answers[0]?.reject(new Error('no network'));
    await settle();
    expect(connection.state).toBe('signing-in');
    answers[1]?.resolve(undefined);
    await settle();
    expect(connection.state).toBe('connecting');
  });

  it('P1 does not try while the browser knows that there is no network', async () => {
    await connect();
    connection.loseNetwork();
    await clock.advance(60_000);
    expect([connection.state, connection.isOffline, transport.connects]).toEqual([
      'blocked',
      true,
      ['connect', 'disconnect'],
    ]);
    connection.wake();
    await settle();
    expect(connection.state).toBe('connecting');
  });

  it('P1 ends a connection that is open by name only, and tries again', async () => {
    await connect();
    connection.drop();
    connection.drop();
    await clock.advance(250);
    expect(transport.connects).toEqual(['connect', 'disconnect', 'connect']);
  });

  it('P1 forgets a session that the server does not know, and asks for a new one', async () => {
    connection.want();
    await settle();
    close('unauthenticated');
    await clock.advance(250);
    expect(account.asked).toEqual(['ensureSession', 'forgetSession', 'ensureSession']);
    open();
    connection.signInAgain();
    await clock.advance(500);
    expect(account.asked.slice(3)).toEqual(['forgetSession', 'ensureSession']);
  });

  it('P18 does not go on with a node of another version', async () => {
    connection.want();
    await settle();
    close('outdated');
    expect([connection.isConnected, connection.isOffline]).toEqual([false, true]);
  });

  it('P1 says offline only when a try has failed or none can be made', async () => {
    expect(connection.isOffline).toBe(false);
    connection.want();
    expect(connection.isOffline).toBe(false);
    await settle();
    close();
    expect(connection.isOffline).toBe(true);
    connection.wake();
    expect(connection.isOffline).toBe(true);
    await settle();
    open();
    expect(connection.isOffline).toBe(false);
    connection.stop();
    connection.want();
    expect(connection.isOffline).toBe(false);
  });

  it('P1 tells the time by the server’s clock', async () => {
    connection.want();
    await settle();
    transport.emit({ kind: 'open', serverNowMs: clock.nowMs() + 90_000, log: testLog });
    await clock.advance(1_000);
    expect(connection.serverNowMs - clock.nowMs()).toBe(90_000);
  });
});
