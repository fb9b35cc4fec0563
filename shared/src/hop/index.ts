/** What realtime and api say to each other when they are not one process. */
export { askLog } from './ask-log.ts';
export { eventChannel, eventCodec } from './event-codec.ts';
export { decodeRefusal, encodeRefusal, type Codec, type HopCall } from './hop-call.ts';
export { hopCalls } from './hop-calls.ts';
export { hopLimits } from './hop-limits.ts';
export {
  answerMessages,
  callMessages,
  hopPath,
  linkIdCount,
  linkKeepAliveMs,
  linkPrefixBytes,
  type CallAnswer,
  type HopCallName,
  type LinkMessage,
} from './link-message.ts';
