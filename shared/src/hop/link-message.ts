import { misfit } from './frame.ts';
import type { Codec } from './hop-call.ts';
import type { hopCalls } from './hop-calls.ts';

/** What goes over the connection of a relay to an api: which call it belongs to, what it is, and a frame. */
export interface LinkMessage<Kind> {
  /** Given by the relay, and repeated by the answer to it. */
  id: number;
  kind: Kind;
  frame: Uint8Array;
}

/** What a relay is told. */
export type CallAnswer = Omit<LinkMessage<'answer' | 'refusal'>, 'id'>;

/** Where an api takes the connections of relays. */
export const hopPath = '/internal/v1/calls';
/** The id as u32, big-endian, and the place of the kind in `kinds`, before the frame. */
export const linkPrefixBytes = 5;
/** After as long without a byte on it the machine of the other side is asked whether it is there. */
export const linkKeepAliveMs = 10_000;
/** As many ids as there are, then from the beginning. */
export const linkIdCount = 2 ** 32;

export type HopCallName = keyof typeof hopCalls;

/** A new kind comes last, in both. */
export const callMessages = linkCodec<HopCallName>(['append', 'pull', 'heads', 'roles', 'authenticate']);
/** `going`: the api ends and has not looked at the call. */
export const answerMessages = linkCodec<'answer' | 'refusal' | 'going'>(['answer', 'refusal', 'going']);

/** What it decodes shares the memory of what it is read from. */
function linkCodec<Kind>(kinds: readonly Kind[]): Codec<LinkMessage<Kind>> {
  return {
    encode({ id, kind, frame }) {
      const message = new Uint8Array(linkPrefixBytes + frame.byteLength);
      new DataView(message.buffer).setUint32(0, id);
      message[4] = kinds.indexOf(kind);
      message.set(frame, linkPrefixBytes);
      return message;
    },
    decode(message) {
      if (message.byteLength < linkPrefixBytes) throw misfit('A message begins with its number and its kind.');
      const kind = kinds[message[4] ?? kinds.length];
      if (kind === undefined) throw misfit('The message is of no known kind.');
      const id = new DataView(message.buffer, message.byteOffset).getUint32(0);
      return { id, kind, frame: message.subarray(linkPrefixBytes) };
    },
  };
}
