import { Writable } from 'node:stream';
import { pino, type Logger } from 'pino';

/** A logger whose every line a test can read. */
export function recordLog(): { logger: Logger; lines: string[] } {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  return { logger: pino({ level: 'trace' }, stream), lines };
}
