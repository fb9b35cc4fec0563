import { safeParse } from 'valibot';
import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../testing/seeded-random.ts';
import { createListId, createMemberId, listIdPattern, listIdSchema, memberIdPattern, memberIdSchema } from './ids.ts';

const seed = 20_261_121;
const random = new SeededRandom(seed);
const randomBytes = (byteLength: number) => random.bytes(byteLength);

describe(`ids, with seed ${String(seed)}`, () => {
  it('P11 a list id is 16 bytes in 22 characters of base64url', () => {
    for (let round = 0; round < 500; round += 1) {
      const bytes = randomBytes(16);
      const id = createListId(() => bytes);
      expect(id).toMatch(listIdPattern);
      expect(id).toBe(Buffer.from(bytes).toString('base64url'));
    }
  });

  it('P11 takes exactly one draw of 16 bytes for a list id', () => {
    const drawn: number[] = [];
    createListId((byteLength) => {
      drawn.push(byteLength);
      return new Uint8Array(byteLength);
    });
    expect(drawn).toEqual([16]);
  });

  it('P11 a member id is 8 characters of base62', () => {
    for (let round = 0; round < 500; round += 1) expect(createMemberId(randomBytes)).toMatch(memberIdPattern);
  });

  it('P11 leaves out the bytes that would make some characters likelier', () => {
    const allBytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    const counts = new Map<string, number>();
    for (const byte of allBytes) {
      const answers = [byte, 0];
      // A byte that is left out is followed by zeros only, so that the id is all '0'.
      const id = createMemberId((byteLength) => new Uint8Array(byteLength).fill(answers.shift() ?? 0));
      const isLeftOut = byte >= 248;
      expect(id === '00000000').toBe(isLeftOut || byte % 62 === 0);
      if (!isLeftOut) counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    expect(counts.size).toBe(62);
    expect(new Set(counts.values())).toEqual(new Set([4]));
  });

  it('P11 asks for more when too few bytes of a draw could be used', () => {
    const draws = [new Uint8Array(16).fill(255), new Uint8Array(16).fill(61)];
    expect(createMemberId(() => draws.shift() ?? new Uint8Array(16))).toBe('zzzzzzzz');
  });

  it('P11 keeps everything else out', () => {
    expect(safeParse(listIdSchema, `${'a'.repeat(22)}\n`).success).toBe(false);
    expect(safeParse(listIdSchema, 'a'.repeat(23)).success).toBe(false);
    expect(safeParse(listIdSchema, `${'a'.repeat(21)}ä`).success).toBe(false);
    expect(safeParse(memberIdSchema, 'anna_ann').success).toBe(false);
    expect(safeParse(memberIdSchema, 'annaann\n').success).toBe(false);
    expect(safeParse(memberIdSchema, '<script>').success).toBe(false);
  });
});
