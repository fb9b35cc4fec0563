import { addItem, ListDocument } from '@trolley/shared/document';
import {
  createListId,
  createMemberId,
  userIdSchema,
  type Identity,
  type ServerMessage,
} from '@trolley/shared/protocol';
import { parse } from 'valibot';
import { Peer } from '../relay/relay.ts';

/** A list, its people and their edits, for tests of the relay. */
export const testList = createListId((byteLength) => new Uint8Array(byteLength).fill(3));

/** Somebody by the name of one letter, such as `a`. */
export function person(letter: string): Identity {
  const code = letter.charCodeAt(0) % 62;
  return {
    userId: parse(userIdSchema, `user-${letter}`),
    memberId: createMemberId((byteLength) => new Uint8Array(byteLength).fill(code)),
    name: letter.toUpperCase(),
    color: code % 16,
  };
}

/** The header by which a node knows somebody. */
export const headersOf = (letter: string): Record<string, string> => ({ authorization: `Bearer ${letter}` });

/** A connection of somebody, and all that it was sent. */
export function connectionOf(letter: string, id = letter): { peer: Peer; received: ServerMessage[]; cuts: string[] } {
  const received: ServerMessage[] = [];
  const cuts: string[] = [];
  const send = (message: ServerMessage) => received.push(message);
  const cut = () => cuts.push(id);
  return { peer: new Peer({ id, identity: person(letter), send, cut }), received, cuts };
}

/** Updates that each add one item, each building on the one before it. */
export function updatesFor(clientId: number, names: readonly string[]): Uint8Array[] {
  const document = new ListDocument({ clientId });
  const updates: Uint8Array[] = [];
  document.onLocalUpdate((update) => updates.push(update));
  const { memberId } = person('a');
  for (const name of names) addItem(document, { name }, { memberId, nowMs: Date.UTC(2027, 5, 1) });
  return updates;
}

/** A whole document of at least so many bytes. */
export function largeUpdate(atLeastBytes: number): Uint8Array {
  const document = new ListDocument({ clientId: 5 });
  const { memberId } = person('a');
  for (let item = 0; document.encode().byteLength < atLeastBytes; item += 1) {
    for (let more = 0; more < 20; more += 1) {
      const fields = { name: `Item ${item} ${more}`, note: 'x'.repeat(400) };
      addItem(document, fields, { memberId, nowMs: Date.UTC(2027, 5, 1) });
    }
  }
  return document.encode();
}
