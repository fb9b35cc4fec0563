import { afterEach, beforeEach, expect, it } from 'vitest';
import { addItem, ListDocument } from '../document/index.ts';
import type { RosterEntry } from '../protocol/index.ts';
import { testAuthor, testList as list } from '../testing/family-updates.ts';
import { ScriptedTransport } from '../testing/scripted-transport.ts';
import { Room } from './room.ts';

let transport: ScriptedTransport;
let document: ListDocument;
let room: Room;

beforeEach(() => {
  transport = new ScriptedTransport();
  document = new ListDocument({ clientId: 7, epoch: 0 });
  room = new Room({ list, transport, document });
});
afterEach(() => {
  room.dispose();
});

const said = () => transport.presences.map(({ awareness }) => awareness);
const entry = (clientId: number): RosterEntry => ({ memberId: testAuthor.memberId, name: 'Ben', color: 1, clientId });

it('P17 whoever comes learns what is done here, once', () => {
  room.takeRoster([entry(7)]);
  expect(said()).toEqual([]);
  room.takeRoster([entry(7), entry(8)]);
  room.takeRoster([entry(7), entry(8)]);
  expect(said()).toEqual([room.presence.encodeLocal()]);
});

it('P17 whoever goes does nothing any more, and those who stay go on', () => {
  const { id } = addItem(document, { name: 'Milk' }, testAuthor);
  const others = [8, 9].map((clientId) => {
    const other = new Room({ list, transport: new ScriptedTransport(), document: new ListDocument({ clientId }) });
    other.presence.setEditing(id);
    room.presence.apply(other.presence.encodeLocal());
    return other;
  });
  room.takeRoster([entry(7), entry(8), entry(9)]);
  expect([...room.presence.editing()]).toEqual([
    [8, id],
    [9, id],
  ]);
  room.takeRoster([entry(7), entry(9)]);
  expect([...room.presence.editing()]).toEqual([[9, id]]);
  for (const other of others) other.dispose();
});

it('P17 says what is done here when that changes, and nothing after the end', () => {
  const { id } = addItem(document, { name: 'Milk' }, testAuthor);
  room.presence.setEditing(id);
  expect(said()).toEqual([room.presence.encodeLocal()]);
  room.dispose();
  const before = said();
  room.takeRoster([]);
  expect(said()).toEqual(before);
});
