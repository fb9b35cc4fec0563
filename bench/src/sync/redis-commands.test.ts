import { expect, it } from 'vitest';
import { parseCommandCount } from './redis-commands.ts';

it('the commands that a Redis was given are read from what it says of itself', () => {
  expect(parseCommandCount('$99\r\n# Stats\r\ntotal_connections_received:3\r\ntotal_commands_processed:4711\r\n')).toBe(
    4_711,
  );
});

it('a Redis that says nothing of them is an error', () => {
  expect(() => parseCommandCount('-NOAUTH Authentication required.')).toThrow('how many commands');
});
