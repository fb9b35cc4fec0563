import { expect, it } from 'vitest';
import { Deliveries } from './deliveries.ts';

const shape = { lists: 2, members: 3 };

it('deliveries count each arrival at another member once, with its delay', () => {
  const deliveries = new Deliveries(shape, 4);
  // Edit 0 of list 0 by member 0, edit 0 of list 1 by member 0, edit 1 of list 0 by member 1.
  deliveries.noteSent(0, 10);
  deliveries.noteSent(1, 10);
  deliveries.noteSent(2, 20);
  deliveries.noteArrival({ list: 0, member: 1 }, 0, 11);
  deliveries.noteArrival({ list: 0, member: 1 }, 0, 99);
  deliveries.noteArrival({ list: 0, member: 0 }, 0, 99);
  deliveries.noteArrival({ list: 0, member: 2 }, 0, 12);
  deliveries.noteArrival({ list: 1, member: 2 }, 0, 13);
  deliveries.noteArrival({ list: 0, member: 0 }, 1, 24);
  expect(deliveries.isComplete).toBe(false);
  expect(deliveries.lastArrivalMs).toBe(24);
  expect(deliveries.report()).toEqual({
    sent: 3,
    delivered: 4,
    missing: 2,
    p50Ms: 2,
    p95Ms: 4,
    p99Ms: 4,
    maxMs: 4,
  });
  deliveries.noteArrival({ list: 1, member: 1 }, 0, 30);
  deliveries.noteArrival({ list: 0, member: 2 }, 1, 30);
  expect(deliveries.isComplete).toBe(true);
});

it('deliveries of edits that nobody has sent are none', () => {
  const deliveries = new Deliveries(shape, 1);
  deliveries.noteArrival({ list: 1, member: 2 }, 7, 1);
  expect(deliveries.report()).toMatchObject({ delivered: 0, missing: 0, p99Ms: 0 });
});
