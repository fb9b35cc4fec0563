import fc from 'fast-check';
import { parse } from 'valibot';
import { describe, expect, it } from 'vitest';
import {
  createListId,
  createLogId,
  createMemberId,
  TrolleyError,
  userIdSchema,
  type Append,
  type AppendOutcome,
  type ListEvent,
  type Session,
} from '../protocol/index.ts';
import { encodeFrame } from './frame.ts';
import {
  answerMessages,
  callMessages,
  decodeRefusal,
  encodeRefusal,
  eventCodec,
  hopCalls,
  type Codec,
} from './index.ts';

const list = createListId((byteLength) => new Uint8Array(byteLength).fill(1));
const userId = parse(userIdSchema, 'user-1');
const bytes = (...values: number[]) => Uint8Array.of(...values);

const appends: Append[] = [
  { userId, list, epoch: 0, update: bytes(1, 2, 3) },
  { userId, list, epoch: 2, update: bytes(), isBulk: true },
  { userId, list, epoch: 0, update: bytes(4) },
];
const outcomes: AppendOutcome[] = [
  { ok: true, value: { epoch: 0, seq: 7 } },
  { ok: true, value: { epoch: 1, seq: 8 }, isCarried: true },
  { ok: false, error: { code: 'busy', message: 'Später.', retryAfterMs: 20 } },
];
const session: Session = {
  identity: { userId, memberId: createMemberId((byteLength) => new Uint8Array(byteLength)), name: 'Ana ☕', color: 3 },
  log: createLogId((byteLength) => new Uint8Array(byteLength)),
  sessionId: 'session',
};
const events: ListEvent[] = [
  { kind: 'access', userId, list, role: 'viewer' },
  { kind: 'access', userId, list, role: null },
  { kind: 'appended', list, epoch: 0, seq: 4, update: bytes(9, 8) },
  { kind: 'head', list, epoch: 3, seq: 5 },
  { kind: 'signed-out', userId, sessionId: 'one' },
  { kind: 'signed-out', userId, sessionId: null },
];

/** Sends a value through a codec, at an odd place of a larger memory, as sockets deliver it. */
function carry<T>(codec: Codec<T>, value: T): T {
  const frame = codec.encode(value);
  const memory = new Uint8Array(frame.byteLength + 5);
  memory.set(frame, 3);
  return codec.decode(memory.subarray(3, 3 + frame.byteLength));
}

type Decoder = Pick<Codec<unknown>, 'decode'>;
const codecs: [string, Decoder][] = [
  ...Object.entries(hopCalls).flatMap(([name, { request, answer }]): [string, Decoder][] => [
    [`${name} request`, request],
    [`${name} answer`, answer],
  ]),
  ['event', eventCodec],
];

/** The code with which something is refused. */
function refusalOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error instanceof TrolleyError ? error.code : error;
  }
}

describe('what realtime and api say to each other', () => {
  it('R13 arrives as it was sent', () => {
    const { append, pull, heads, roles, authenticate } = hopCalls;
    expect(carry(append.request, appends)).toEqual(appends);
    expect(carry(append.request, [])).toEqual([]);
    expect(carry(append.answer, outcomes)).toEqual(outcomes);
    const request = { userId, request: { list, epoch: 1, cursor: 2, clientId: 3 } };
    expect(carry(pull.request, request)).toEqual(request);
    const pulled = { role: 'owner' as const, epoch: 1, head: 9, updates: [bytes(1), bytes(), bytes(2, 3)] };
    expect(carry(pull.answer, pulled)).toEqual(pulled);
    expect(carry(heads.request, [list])).toEqual([list]);
    const known = new Map([[list, { epoch: 0, seq: 3 }]]);
    expect(carry(heads.answer, known)).toEqual(known);
    expect(carry(roles.request, [{ list, userId }])).toEqual([{ list, userId }]);
    expect(carry(roles.answer, ['viewer', null])).toEqual(['viewer', null]);
    expect(carry(authenticate.request, { cookie: 'a=b' })).toEqual({ cookie: 'a=b' });
    expect(carry(authenticate.answer, session)).toEqual(session);
    expect(carry(authenticate.answer, null)).toBeNull();
    for (const event of events) expect(carry(eventCodec, event)).toEqual(event);
  });

  it('R13 says why something was refused, and sees when it is no refusal', () => {
    const error = { code: 'rate-limited' as const, message: 'Slower.', retryAfterMs: 5 };
    expect(decodeRefusal(encodeRefusal(error))).toEqual(error);
    expect(decodeRefusal(hopCalls.append.answer.encode(outcomes))).toBeNull();
    expect(decodeRefusal(bytes(60, 104, 116, 109, 108, 62))).toBeNull();
  });

  it.each([0, 1, 4_294_967_295])('R13 goes over a connection as call and answer number %i', (id) => {
    const frame = bytes(1, 2, 3);
    for (const kind of ['append', 'authenticate'] as const) {
      expect(carry(callMessages, { id, kind, frame })).toEqual({ id, kind, frame });
    }
    for (const kind of ['answer', 'refusal', 'going'] as const) {
      expect(carry(answerMessages, { id, kind, frame })).toEqual({ id, kind, frame });
    }
  });

  it.each([
    ['no kind', bytes(0, 0, 0, 1)],
    ['a kind that there is not', bytes(0, 0, 0, 1, 5)],
  ])('R13 refuses a message of %s', (_what, message) => {
    for (const codec of [callMessages, answerMessages]) {
      expect(refusalOf(() => codec.decode(message))).toBe('bad-request');
    }
  });

  it('R13 copies nothing when it cuts the bytes apart', () => {
    const frame = hopCalls.append.request.encode(appends);
    for (const { update } of hopCalls.append.request.decode(frame)) expect(update.buffer).toBe(frame.buffer);
  });

  it.each(codecs)('R13 refuses any other bytes: %s', (_name, codec) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (noise) => {
        expect(refusalOf(() => codec.decode(noise))).toBe('bad-request');
      }),
      { seed: 13 },
    );
    fc.assert(
      fc.property(fc.jsonValue(), fc.uint8Array({ minLength: 1, maxLength: 9 }), (header, blob) => {
        expect(refusalOf(() => codec.decode(encodeFrame(header, [blob])))).toBe('bad-request');
      }),
      { seed: 13 },
    );
  });

  it.each([
    ['an append too few', { appends: [{ userId, list, epoch: 0 }], byteLengths: [1, 2] }],
    ['a length too few', { appends: [{ userId, list, epoch: 0 }], byteLengths: [] }],
    ['less than there is', { appends: [{ userId, list, epoch: 0 }], byteLengths: [2] }],
    ['more than there is', { appends: [{ userId, list, epoch: 0 }], byteLengths: [4] }],
    ['a negative length', { appends: Array(2).fill({ userId, list, epoch: 0 }), byteLengths: [4, -1] }],
    ['no number', { appends: [{ userId, list, epoch: 0 }], byteLengths: ['3'] }],
    ['a broken list', { appends: [{ userId, list: 'x', epoch: 0 }], byteLengths: [3] }],
    ['a broken epoch', { appends: [{ userId, list, epoch: 0.5 }], byteLengths: [3] }],
  ])('R13 refuses a batch that tells of %s', (_what, header) => {
    const frame = encodeFrame(header, [bytes(1, 2, 3)]);
    expect(refusalOf(() => hopCalls.append.request.decode(frame))).toBe('bad-request');
  });

  it.each([
    ['a header of 4 GB', bytes(255, 255, 255, 255, 1)],
    ['a header longer than the frame', bytes(0, 0, 0, 3, 123, 125)],
    ['half a length', bytes(0, 0)],
    ['broken text', bytes(0, 0, 0, 2, 0xc3, 0x28)],
  ])('R13 refuses %s', (_what, frame) => {
    for (const [, codec] of codecs) expect(refusalOf(() => codec.decode(frame))).toBe('bad-request');
  });

  it('R13 refuses bytes that nothing speaks of', () => {
    const frame = encodeFrame({ kind: 'head', list, epoch: 0, seq: 1 }, [bytes(1)]);
    expect(refusalOf(() => eventCodec.decode(frame))).toBe('bad-request');
  });
});
