import { decodeRefusal, encodeRefusal, hopCalls, hopLimits } from '@trolley/shared/hop';
import { createListId, TrolleyError, type LogService } from '@trolley/shared/protocol';
import { MemoryLog } from '@trolley/shared/testing';
import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { userIdSchema } from '../http/fields.ts';
import { ListWriter } from '../testing/list-writer.ts';
import { recordLog } from '../testing/log-lines.ts';
import { createAnswerCall } from './answer-call.ts';

const owner = userIdSchema.parse('owner');
const list = createListId(randomBytes);

describe('the calls of relays', () => {
  let log: MemoryLog;
  let lines: string[];
  let call: ReturnType<typeof createAnswerCall>;

  beforeEach(() => {
    log = new MemoryLog();
    log.create(list, owner);
    const recorded = recordLog();
    lines = recorded.lines;
    call = createAnswerCall({ log, logger: recorded.logger });
  });

  it('R13 are served from the log', async () => {
    const update = new ListWriter().create('Home');
    const { append, heads } = hopCalls;
    const appended = await call('append', append.request.encode([{ userId: owner, list, epoch: 0, update }]));
    expect(append.answer.decode(appended.frame)).toEqual([{ ok: true, value: { epoch: 0, seq: 1 } }]);
    const known = await call('heads', heads.request.encode([list]));
    expect(heads.answer.decode(known.frame)).toEqual(new Map([[list, { epoch: 0, seq: 1 }]]));
  });

  it('R13 are refused with their code', async () => {
    const stranger = { userId: userIdSchema.parse('stranger'), request: { list, epoch: 0, cursor: 0 } };
    const answer = await call('pull', hopCalls.pull.request.encode(stranger));
    expect([answer.kind, decodeRefusal(answer.frame)?.code]).toEqual(['refusal', 'not-found']);
  });

  it.each([
    ['noise', Uint8Array.of(1, 2, 3)],
    ['the frame of another call', hopCalls.heads.request.encode([])],
    ['a refusal', encodeRefusal({ code: 'busy', message: '' })],
  ])('R13 change nothing when they bring %s', async (_what, frame) => {
    const answer = await call('pull', frame);
    expect([answer.kind, decodeRefusal(answer.frame)?.code]).toEqual(['refusal', 'bad-request']);
  });

  it('R13 are refused when no relay would read the answer', async () => {
    const updates = [new Uint8Array(hopLimits.maxAnswerBytes)];
    log.pull = () => Promise.resolve({ role: 'owner', epoch: 0, head: 1, updates });
    const request = { userId: owner, request: { list, epoch: 0, cursor: 0 } };
    const answer = await call('pull', hopCalls.pull.request.encode(request));
    expect(decodeRefusal(answer.frame)?.code).toBe('too-large');
  });

  it('R13 tell nothing of a defect, and log it', async () => {
    const broken: LogService['heads'] = () => Promise.reject(new Error('password of the database'));
    log.heads = broken;
    const request = hopCalls.heads.request.encode([list]);
    const answer = await call('heads', request);
    expect(decodeRefusal(answer.frame)).toMatchObject({ code: 'internal' });
    expect(new TextDecoder().decode(answer.frame)).not.toContain('password');
    expect(lines.join('')).toContain('password of the database');
    log.heads = () => Promise.reject(new TrolleyError('unavailable', 'no store', { retryAfterMs: 5 }));
    lines.length = 0;
    const away = await call('heads', request);
    expect([decodeRefusal(away.frame), lines]).toMatchObject([{ code: 'unavailable', retryAfterMs: 5 }, []]);
  });
});
