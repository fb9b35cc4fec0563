import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LogCursor } from './log-cursor.ts';

type Step = { kind: 'note'; seq: number } | { kind: 'advance'; head: number } | { kind: 'reset'; position: number };

const numbers = fc.nat({ max: 30 });
const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: numbers.map((seq): Step => ({ kind: 'note', seq })) },
  { weight: 2, arbitrary: numbers.map((head): Step => ({ kind: 'advance', head })) },
  { weight: 1, arbitrary: numbers.map((position): Step => ({ kind: 'reset', position })) },
);

/** The same without any cleverness: the set of all numbers that have arrived. */
class NaiveCursor {
  #arrived = new Set<number>();

  constructor(position: number) {
    this.reset(position);
  }

  get position(): number {
    let position = 0;
    while (this.#arrived.has(position + 1)) position += 1;
    return position;
  }

  get hasHole(): boolean {
    return [...this.#arrived].some((seq) => seq > this.position);
  }

  has(seq: number): boolean {
    return seq === 0 || this.#arrived.has(seq);
  }

  note(seq: number): void {
    this.#arrived.add(seq);
  }

  advance(head: number): void {
    for (let seq = 1; seq <= head; seq += 1) this.#arrived.add(seq);
  }

  reset(position: number): void {
    this.#arrived = new Set();
    this.advance(position);
  }
}

function take(cursor: LogCursor | NaiveCursor, step: Step): void {
  switch (step.kind) {
    case 'note':
      cursor.note(step.seq);
      break;
    case 'advance':
      cursor.advance(step.head);
      break;
    case 'reset':
      cursor.reset(step.position);
      break;
  }
}

describe('the cursor', () => {
  it('P5 agrees with a set of all numbers that have arrived, whatever happens', () => {
    fc.assert(
      fc.property(numbers, fc.array(steps, { maxLength: 60 }), (start, history) => {
        const cursor = new LogCursor(start);
        const naive = new NaiveCursor(start);
        for (const step of history) {
          take(cursor, step);
          take(naive, step);
          expect(cursor.position).toBe(naive.position);
          expect(cursor.hasHole).toBe(naive.hasHole);
          for (let seq = 0; seq <= 32; seq += 1) expect(cursor.has(seq)).toBe(naive.has(seq));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('P5 comes to the same end in whatever order numbers arrive', () => {
    const all = Array.from({ length: 12 }, (_, index) => index + 1);
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: 12 }), (order) => {
        const cursor = new LogCursor(0);
        for (const seq of order) cursor.note(seq);
        expect(cursor.position).toBe(12);
        expect(cursor.hasHole).toBe(false);
      }),
    );
  });

  it('P5 does not move over a hole', () => {
    const cursor = new LogCursor(3);
    cursor.note(5);
    cursor.note(6);
    expect([cursor.position, cursor.hasHole]).toEqual([3, true]);
    cursor.note(4);
    expect([cursor.position, cursor.hasHole]).toEqual([6, false]);
  });

  it('P8 goes back when it is told to, and forgets what came before', () => {
    const cursor = new LogCursor(9);
    cursor.note(12);
    cursor.reset(2);
    expect([cursor.position, cursor.hasHole, cursor.has(12)]).toEqual([2, false, false]);
  });
});
