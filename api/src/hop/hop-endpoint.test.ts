import { decodeRefusal, encodeRefusal, hopCalls, hopLimits } from '@trolley/shared/hop';
import { createListId, TrolleyError, type LogService } from '@trolley/shared/protocol';
import { MemoryLog } from '@trolley/shared/testing';
import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { userIdSchema } from '../http/fields.ts';
import { recordLog } from '../testing/log-lines.ts';
import { ListWriter } from '../testing/list-writer.ts';
import { hopRoutes } from './hop-routes.ts';

const serviceToken = 's'.repeat(32);
const owner = userIdSchema.parse('owner');
const list = createListId(randomBytes);

describe('the calls of relays', () => {
  let log: MemoryLog;
  let lines: string[];
  let routes: ReturnType<typeof hopRoutes>;

  beforeEach(() => {
    log = new MemoryLog();
    log.create(list, owner);
    const recorded = recordLog();
    lines = recorded.lines;
    routes = hopRoutes({ log, serviceToken, logger: recorded.logger });
  });

  const call = async (name: string, frame: Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) => {
    const answer = await routes.request(`/${name}`, {
      method: 'POST',
      body: frame,
      headers: { authorization: `Bearer ${serviceToken}`, 'content-length': `${frame.byteLength}`, ...headers },
    });
    return { status: answer.status, frame: new Uint8Array(await answer.arrayBuffer()) };
  };
  const appendMilk = hopCalls.append.request.encode([
    { userId: owner, list, epoch: 0, update: new ListWriter().create('Home') },
  ]);

  it('R13 are served from the log', async () => {
    const appended = await call('append', appendMilk);
    expect(hopCalls.append.answer.decode(appended.frame)).toEqual([{ ok: true, value: { epoch: 0, seq: 1 } }]);
    const heads = await call('heads', hopCalls.heads.request.encode([list]));
    expect(hopCalls.heads.answer.decode(heads.frame)).toEqual(new Map([[list, { epoch: 0, seq: 1 }]]));
  });

  it.each([
    ['no token', ''],
    ['another token', `Bearer ${'x'.repeat(32)}`],
    ['half of it', `Bearer ${serviceToken.slice(1)}`],
    ['no scheme', serviceToken],
  ])('R13 are not served to whoever has %s, and no code is told', async (_what, authorization) => {
    const answer = await call('append', appendMilk, { authorization });
    expect([answer.status, answer.frame.byteLength]).toEqual([401, 0]);
    expect(log.committed(list)).toEqual([]);
  });

  it('R13 are refused with their code', async () => {
    const stranger = { userId: userIdSchema.parse('stranger'), request: { list, epoch: 0, cursor: 0 } };
    const answer = await call('pull', hopCalls.pull.request.encode(stranger));
    expect([answer.status, decodeRefusal(answer.frame)?.code]).toEqual([404, 'not-found']);
  });

  it.each([
    ['noise', Uint8Array.of(1, 2, 3)],
    ['the frame of another call', hopCalls.heads.request.encode([])],
    ['a refusal', encodeRefusal({ code: 'busy', message: '' })],
  ])('R13 change nothing when they bring %s', async (_what, frame) => {
    const answer = await call('pull', frame);
    expect([answer.status, decodeRefusal(answer.frame)?.code]).toEqual([400, 'bad-request']);
  });

  it.each([`${hopLimits.maxRequestBytes + 1}`, 'many', '1e9'])(
    'R13 are not read when %s bytes long',
    async (length) => {
      const answer = await call('append', appendMilk, { 'content-length': length });
      expect([answer.status, decodeRefusal(answer.frame)?.code]).toEqual([413, 'too-large']);
      expect(log.committed(list)).toEqual([]);
    },
  );

  it('R13 tell nothing of a defect, and log it', async () => {
    const broken: LogService['heads'] = () => Promise.reject(new Error('password of the database'));
    log.heads = broken;
    const answer = await call('heads', hopCalls.heads.request.encode([list]));
    expect(decodeRefusal(answer.frame)).toMatchObject({ code: 'internal' });
    expect(new TextDecoder().decode(answer.frame)).not.toContain('password');
    expect(lines.join('')).toContain('password of the database');
    log.heads = () => Promise.reject(new TrolleyError('unavailable', 'no store', { retryAfterMs: 5 }));
    lines.length = 0;
    const away = await call('heads', hopCalls.heads.request.encode([list]));
    expect([away.status, decodeRefusal(away.frame)?.retryAfterMs, lines]).toEqual([503, 5, []]);
  });
});
