import type { RealtimeSocket } from '../socket-rooms.ts';

type EngineSocket = RealtimeSocket['conn'];

/**
 * What was sent to a connection and has not left this process. Engine.IO keeps packets while an earlier one is being written, and Node keeps
 * what the machine does not take.
 */
export function countBytesWaiting(connection: EngineSocket): () => number {
  let queued = 0;
  connection.on('packetCreate', ({ data }: { data?: unknown }) => {
    queued += byteLengthOf(data);
  });
  // Said when everything that was queued has been handed to the socket.
  connection.on('drain', () => {
    queued = 0;
  });
  return () => queued + connection.request.socket.writableLength;
}

function byteLengthOf(data: unknown): number {
  if (typeof data === 'string') return data.length;
  return data instanceof ArrayBuffer || ArrayBuffer.isView(data) ? data.byteLength : 0;
}
