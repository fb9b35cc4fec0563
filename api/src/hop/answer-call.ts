import { askLog, encodeRefusal, hopLimits, type CallAnswer, type HopCallName } from '@trolley/shared/hop';
import { toWireError, TrolleyError, type LogService } from '@trolley/shared/protocol';
import type { Logger } from 'pino';

type AnswerCall = (name: HopCallName, frame: Uint8Array) => Promise<CallAnswer>;

/** The log as relays of other processes use it: each call is a frame, answered by a frame. Never rejects; a defect is logged and not told. */
export function createAnswerCall({ log, logger }: { log: LogService; logger: Logger }): AnswerCall {
  return async (name, frame) => {
    try {
      const answer = await askLog(log, name, frame);
      // It would end the connection, and with it the calls of everybody else.
      if (answer.byteLength > hopLimits.maxAnswerBytes) {
        throw new TrolleyError('too-large', 'No relay reads so much at once.');
      }
      return { kind: 'answer', frame: answer };
    } catch (error) {
      if (!(error instanceof TrolleyError)) logger.error({ err: error, call: name }, 'a call of a relay failed');
      return { kind: 'refusal', frame: encodeRefusal(toWireError(error)) };
    }
  };
}
