import { encodeRefusal, hopCalls, hopLimits, type HopCall, type HopCallName } from '@trolley/shared/hop';
import { toWireError, TrolleyError, type LogService } from '@trolley/shared/protocol';
import type { Logger } from 'pino';

/** What a relay is told. */
export interface CallAnswer {
  kind: 'answer' | 'refusal';
  frame: Uint8Array;
}

type AnswerCall = (name: HopCallName, frame: Uint8Array) => Promise<CallAnswer>;

/** The log as relays of other processes use it: each call is a frame, answered by a frame. Never rejects; a defect is logged and not told. */
export function createAnswerCall({ log, logger }: { log: LogService; logger: Logger }): AnswerCall {
  const ask = (name: HopCallName, frame: Uint8Array): Promise<Uint8Array> => {
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
  };
  return async (name, frame) => {
    try {
      return { kind: 'answer', frame: await ask(name, frame) };
    } catch (error) {
      if (!(error instanceof TrolleyError)) logger.error({ err: error, call: name }, 'a call of a relay failed');
      return { kind: 'refusal', frame: encodeRefusal(toWireError(error)) };
    }
  };
}

async function through<Request, Answer>(
  call: HopCall<Request, Answer>,
  frame: Uint8Array,
  work: (request: Request) => Promise<Answer>,
): Promise<Uint8Array> {
  const answer = call.answer.encode(await work(call.request.decode(frame)));
  // It would end the connection, and with it the calls of everybody else.
  if (answer.byteLength > hopLimits.maxAnswerBytes)
    throw new TrolleyError('too-large', 'No relay reads so much at once.');
  return answer;
}
