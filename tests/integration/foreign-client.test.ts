import type { Cluster } from '@trolley/scripts/cluster/cluster';
import { startCluster } from '@trolley/scripts/cluster/start-cluster';
import { addItem, isItemId, type ItemId } from '@trolley/shared/document';
import type { ListId } from '@trolley/shared/protocol';
import type { OpenList } from '@trolley/shared/sync';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WebsocketProvider } from 'y-websocket';
import { Doc } from 'yjs';
import { HttpAccount } from '../src/http-account.ts';
import { NodePhone, untilSaved } from '../src/node-phone.ts';

const patience = { timeout: 20_000 };

/** A client that knows nothing of us but the address, its token and what the keys of the document mean. */
class ForeignApp implements Disposable {
  readonly doc = new Doc();
  readonly provider: WebsocketProvider;

  constructor(url: string, list: ListId, token: string) {
    this.provider = new WebsocketProvider(`${url.replace('http', 'ws')}/yjs`, list, this.doc, {
      params: { token },
      disableBc: true,
    });
  }

  get names(): string[] {
    const products: unknown[] = [...this.doc.getMap('p').values()];
    const name = (product: unknown) =>
      typeof product === 'object' && product !== null && 'name' in product ? String(product.name) : '';
    return products.map(name).toSorted();
  }

  [Symbol.dispose](): void {
    this.provider.destroy();
    this.doc.destroy();
  }
}

describe('y-websocket and an app of ours on one list, on two nodes', () => {
  let cluster: Cluster;
  let anna: NodePhone;
  let list: OpenList;
  let ben: HttpAccount;
  let app: ForeignApp;

  beforeAll(async () => {
    cluster = await startCluster();
  });
  afterAll(async () => {
    await cluster.stop();
  });
  beforeEach(async () => {
    const [first = '', second = ''] = cluster.nodes('realtime').map(({ url }) => url);
    anna = await NodePhone.create(cluster.url, { socketUrl: first, address: '198.18.0.1' });
    list = await anna.client.open(await anna.client.create('Together'));
    await untilSaved([list], patience.timeout);
    ben = await HttpAccount.createGuest(cluster.url, '198.18.0.2');
    await ben.accept(await anna.account.invite(list.list));
    app = new ForeignApp(second, list.list, ben.token);
    await synced(app);
  });
  afterEach(async () => {
    app[Symbol.dispose]();
    await anna[Symbol.asyncDispose]();
  });

  const synced = (client: ForeignApp) => expect.poll(() => client.provider.synced, patience).toBe(true);
  const add = (name: string) => addItem(list.document, { name }, anna.author());
  const namesOf = ({ document }: OpenList) => document.view.items.map(({ name }) => name).toSorted();
  const item = (name: string): ItemId => {
    const id = list.document.view.items.find((candidate) => candidate.name === name)?.id;
    if (!isItemId(id)) throw new Error(`no ${name}`);
    return id;
  };
  /** As any client may: wants what there was before, under another key of its own. */
  const tick = (id: ItemId) => {
    const wanted: unknown = app.doc.getMap('w').get(id);
    const minute: unknown = Array.isArray(wanted) ? wanted[0] : 0;
    app.doc.getMap('g').set(id, [minute, ben.memberId]);
  };
  const isTicked = (name: string) => list.document.view.items.find((other) => other.name === name)?.isTicked;

  it('R19 edit it together, in both directions', async () => {
    add('Milk');
    await expect.poll(() => app.names, patience).toEqual(['Milk']);
    tick(item('Milk'));
    app.doc.getMap('note').set(item('Milk'), 'the blue one');
    await expect.poll(() => isTicked('Milk'), patience).toBe(true);
    await expect.poll(() => list.document.view.items[0]?.note, patience).toBe('the blue one');
    app.doc.getMap('w').delete(item('Milk'));
    await expect.poll(() => namesOf(list), patience).toEqual([]);
  });

  it('R19 see each other there, and what each does', async () => {
    add('Milk');
    await expect.poll(() => app.names, patience).toEqual(['Milk']);
    app.provider.awareness.setLocalState({ item: item('Milk') });
    await expect.poll(() => list.presence.editing().get(app.doc.clientID), patience).toBe(item('Milk'));
    const seat = () => list.roster.find(({ clientId }) => clientId === app.doc.clientID);
    await expect.poll(() => seat()?.memberId, patience).toBe(ben.memberId);
    list.presence.setEditing(item('Milk'));
    const states = () => app.provider.awareness.getStates();
    await expect.poll(() => states().get(list.presence.clientId), patience).toEqual({ item: item('Milk') });
    await anna[Symbol.asyncDispose]();
    await expect.poll(() => states().has(list.presence.clientId), patience).toBe(false);
  });

  it('R19 come together again after each has edited without the other', async () => {
    add('Milk');
    add('Bread');
    await expect.poll(() => app.names, patience).toEqual(['Bread', 'Milk']);
    app.provider.disconnect();
    tick(item('Bread'));
    add('Salt');
    await untilSaved([list], patience.timeout);
    app.provider.connect();
    await expect.poll(() => app.names, patience).toEqual(['Bread', 'Milk', 'Salt']);
    await expect.poll(() => isTicked('Bread'), patience).toBe(true);
    const head = list.cursor;
    // It comes again with nothing new: its whole list of deletions is no edit.
    app.provider.disconnect();
    app.provider.connect();
    await synced(app);
    add('Tea');
    await expect.poll(() => app.names, patience).toContain('Tea');
    await untilSaved([list], patience.timeout);
    const pushes = list.cursor - head;
    expect(pushes).toBe(1);
  });

  it('R19 go on when the node of the foreign one is restarted, by way of the gateway', async () => {
    using second = new ForeignApp(cluster.url, list.list, ben.token);
    await synced(second);
    add('Milk');
    await expect.poll(() => second.names, patience).toEqual(['Milk']);
    await cluster.process('realtime-2').restart();
    add('Bread');
    for (const client of [app, second]) await expect.poll(() => client.names, patience).toEqual(['Bread', 'Milk']);
    for (const [client, name] of [
      [app, 'Milk'],
      [second, 'Bread'],
    ] as const) {
      client.doc.getMap('note').set(item(name), 'again');
      await expect
        .poll(() => list.document.view.items.find((other) => other.name === name)?.note, patience)
        .toBe('again');
    }
  });

  it('R19 part when the owner takes the foreign one off the list, which then does not come again', async () => {
    const closed = new Promise((resolve) => {
      app.provider.on('closed', resolve);
    });
    await anna.account.remove(list.list, ben.memberId);
    expect(await closed).toEqual({ code: 4403, reason: 'forbidden' });
    expect(app.provider.shouldConnect).toBe(false);
    using again = new ForeignApp(cluster.url, list.list, ben.token);
    const refused = new Promise((resolve) => {
      again.provider.on('closed', resolve);
    });
    expect(await refused).toEqual({ code: 4404, reason: 'not-found' });
  });
});
