import type { LogService } from '../protocol/index.ts';
import type { HopCall } from './hop-call.ts';
import { hopCalls } from './hop-calls.ts';
import type { HopCallName } from './link-message.ts';

/** Makes the call that a frame asks for, and resolves with the frame of its answer. Throws `bad-request` for a frame that is none, and what the log throws. */
export function askLog(log: LogService, name: HopCallName, frame: Uint8Array): Promise<Uint8Array> {
  switch (name) {
    case 'append':
      return through(hopCalls.append, frame, (appends) => log.append(appends));
    case 'pull':
      return through(hopCalls.pull, frame, ({ userId, request }) => log.pull(userId, request));
    case 'heads':
      return through(hopCalls.heads, frame, (lists) => log.heads(lists));
    case 'roles':
      return through(hopCalls.roles, frame, (seats) => log.roles(seats));
    case 'authenticate':
      return through(hopCalls.authenticate, frame, (credentials) => log.authenticate(credentials));
  }
}

async function through<Request, Answer>(
  call: HopCall<Request, Answer>,
  frame: Uint8Array,
  work: (request: Request) => Promise<Answer>,
): Promise<Uint8Array> {
  return call.answer.encode(await work(call.request.decode(frame)));
}
