import type { Seat } from '../load/seat.ts';
import { shape } from './load-plan.ts';
import type { PreparedLists } from './prepare-lists.ts';
import type { RunningSystem } from './running-system.ts';

/** The clients of a step: four members for each list of a set, each with an account of their own. */
export function stepSeats({ ports }: RunningSystem, { sets, tokens }: PreparedLists, set: number): Seat[] {
  const lists = sets[set];
  if (lists === undefined) throw new RangeError('more steps than lists were made for');
  return lists.flatMap((list, listNumber) =>
    Array.from({ length: shape.members }, (_, member) => ({
      list,
      listNumber,
      member,
      port: portOf(ports, member),
      token: tokens[listNumber * shape.members + member] ?? null,
    })),
  );
}

/** The clients whose memory is measured: each list is open on four devices of its one member. */
export function idleSeats({ ports }: RunningSystem, { idle, tokens }: PreparedLists): Seat[] {
  return idle.flatMap((list, listNumber) =>
    Array.from({ length: shape.members }, (_, member) => ({
      list,
      listNumber,
      member,
      port: portOf(ports, member),
      token: tokens[listNumber % tokens.length] ?? null,
    })),
  );
}

/** Members of one list are on different nodes, where there are several: the dearest case. */
function portOf(ports: readonly number[], member: number): number {
  const port = ports[member % ports.length];
  if (port === undefined) throw new RangeError('a system listens somewhere');
  return port;
}
