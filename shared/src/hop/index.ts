/** What realtime and api say to each other when they are not one process. */
export { eventChannel, eventCodec } from './event-codec.ts';
export { decodeRefusal, encodeRefusal, type Codec, type HopCall } from './hop-call.ts';
export { hopCalls } from './hop-calls.ts';
export { hopLimits } from './hop-limits.ts';
export {
  answerMessages,
  callMessages,
  hopPath,
  linkIdCount,
  linkPrefixBytes,
  type HopCallName,
  type LinkMessage,
} from './link-message.ts';
