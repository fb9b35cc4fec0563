import { once } from 'node:events';
import { connect } from 'node:net';

/** Commands that a Redis has been given since it started, by its `INFO stats`. */
export function parseCommandCount(info: string): number {
  const count = /^total_commands_processed:(\d+)/m.exec(info)?.[1];
  if (count === undefined) throw new Error('Redis did not say how many commands it was given');
  return Number(count);
}

/** Asks a Redis on this machine how many commands it was given so far. */
export async function countRedisCommands(port: number): Promise<number> {
  const socket = connect({ port, host: '127.0.0.1' });
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.write('INFO stats\r\nQUIT\r\n');
  await once(socket, 'close');
  return parseCommandCount(Buffer.concat(chunks).toString());
}
