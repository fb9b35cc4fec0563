import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

/**
 * Answers an upgrade that is not taken, and ends its connection. Node does not watch a connection from its upgrade on: an error that nobody
 * listens for would end the process, and the other side may cause one when it likes.
 */
export function refuseUpgrade(socket: Duplex, status: 401 | 404 | 503): void {
  socket.on('error', () => undefined);
  socket.once('finish', () => {
    socket.destroy();
  });
  const retryAfter = status === 503 ? 'Retry-After: 1\r\n' : '';
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${retryAfter}Connection: close\r\nContent-Length: 0\r\n\r\n`,
  );
}
