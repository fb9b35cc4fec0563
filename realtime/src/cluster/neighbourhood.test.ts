import { createListId, type RosterEntry } from '@trolley/shared/protocol';
import { FakeClock, settle } from '@trolley/shared/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeHub } from '../testing/fake-bus.ts';
import { person, testList as list } from '../testing/family.ts';
import { Neighbourhood } from './neighbourhood.ts';

const entry = (letter: string, clientId: number): RosterEntry => {
  const { memberId, name, color } = person(letter);
  return { memberId, name, color, clientId };
};
const [anna, ben] = [entry('a', 1), entry('b', 2)];

describe('what a node knows of the people of the others', () => {
  let hub: FakeHub;
  let clock: FakeClock;

  beforeEach(() => {
    hub = new FakeHub();
    clock = new FakeClock(0);
  });

  const join = (node: string) => {
    const bus = hub.join();
    const neighbourhood = new Neighbourhood({ node, bus, clock });
    const changes: string[] = [];
    neighbourhood.onChange((changed) => changes.push(changed));
    return { neighbourhood, changes, bus };
  };
  const share = async () => {
    const [one, two] = [join('one'), join('two')];
    one.neighbourhood.tell(list, [anna]);
    await settle();
    two.neighbourhood.tell(list, [ben]);
    await settle();
    return { one, two };
  };

  it('R17 whoever opens a list learns who has it open elsewhere, and the others of them', async () => {
    const { one, two } = await share();
    expect([one.neighbourhood.present(list), two.neighbourhood.present(list)]).toEqual([[ben], [anna]]);
    expect([one.changes, two.changes]).toEqual([[list], [list]]);
  });

  it('R17 tells the others who has come and gone, and says nothing when nobody has', async () => {
    const { one, two } = await share();
    one.neighbourhood.tell(list, [anna, entry('c', 3)]);
    expect(two.neighbourhood.present(list)).toEqual([anna, entry('c', 3)]);
    one.neighbourhood.tell(list, [anna, entry('c', 3)]);
    expect(two.changes).toHaveLength(2);
    one.neighbourhood.tell(list, []);
    expect([two.neighbourhood.present(list), two.changes.length]).toEqual([[], 3]);
  });

  it('R17 only nodes that have a list open hear of it', async () => {
    const { one, two } = await share();
    const other = join('other');
    expect(other.bus.channels).toEqual([]);
    two.neighbourhood.tell(list, []);
    expect(two.bus.channels).toEqual([]);
    one.neighbourhood.tell(list, [anna, entry('c', 3)]);
    expect([two.neighbourhood.present(list), two.changes.length]).toEqual([[], 1]);
  });

  it('R17 forgets the people of a node that is gone', async () => {
    const { one } = await share();
    one.neighbourhood.forget('two');
    expect([one.neighbourhood.present(list), one.changes.length]).toEqual([[], 2]);
    one.neighbourhood.forget('two');
    expect(one.changes).toHaveLength(2);
  });

  it('R17 what was said while nobody could hear it is asked for afterwards', async () => {
    const { one, two } = await share();
    hub.isDown = true;
    one.neighbourhood.tell(list, [anna, entry('c', 3)]);
    two.neighbourhood.forget('one');
    hub.isDown = false;
    two.neighbourhood.askAll();
    expect(two.neighbourhood.present(list)).toEqual([anna, entry('c', 3)]);
  });

  it('R17 whoever left while nobody could hear it is not held to be there, and whoever answers is', async () => {
    const { one, two } = await share();
    const three = join('three');
    three.neighbourhood.tell(list, [entry('c', 3)]);
    await settle();
    hub.isDown = true;
    one.neighbourhood.tell(list, []);
    hub.isDown = false;
    two.neighbourhood.askAll();
    await clock.advance(5_000);
    expect(two.neighbourhood.present(list)).toEqual([entry('c', 3)]);
    expect(two.changes.length).toBeGreaterThan(0);
    await clock.advance(5_000);
    expect(two.neighbourhood.present(list)).toEqual([entry('c', 3)]);
  });

  it('R17 asks about thousands of lists a few at a time', async () => {
    const { neighbourhood } = join('one');
    for (let count = 0; count < 450; count += 1) {
      const another = createListId((byteLength) => new Uint8Array(byteLength).fill(count).fill(count >> 8, 0, 1));
      neighbourhood.tell(another, [anna]);
    }
    await settle();
    hub.sent.length = 0;
    neighbourhood.askAll();
    expect(hub.sent).toHaveLength(200);
    await clock.advance(0);
    expect(hub.sent).toHaveLength(450);
  });

  it.each(['', 'null', '{}', '{"node":"two","present":[{}],"isAsking":false}', 'not json'])(
    'R17 takes no notice of %s',
    async (noise) => {
      const { one, two } = await share();
      hub.carry(`trolley:people:${list}`, noise);
      expect([one.neighbourhood.present(list), two.neighbourhood.present(list)]).toEqual([[ben], [anna]]);
    },
  );
});
