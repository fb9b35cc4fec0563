import { Decoder, Encoder, type Packet } from '@trolley/shared/wire';

/** A connection without any library's good manners: it can send what no client of ours would. It sends no headers; see `admitUnnamed`. */
export class RawClient implements Disposable {
  readonly #socket: WebSocket;
  readonly #packets: Packet[] = [];
  readonly #waiting = new Set<() => void>();
  /** Resolves when the node has closed the connection. */
  readonly closed: Promise<void>;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    this.closed = new Promise((resolve) => {
      socket.addEventListener('close', () => {
        resolve();
      });
    });
    const decoder = new Decoder();
    decoder.on('decoded', (packet: Packet) => {
      this.#packets.push(packet);
      for (const look of [...this.#waiting]) look();
    });
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('message', ({ data }: { data: unknown }) => {
      if (data instanceof ArrayBuffer) decoder.add(Buffer.from(data));
      else if (data === '2') socket.send('3');
    });
  }

  /** Opens the transport below Socket.IO; `sendPacket({ type: 0 })` would be the next thing that a client says. */
  static async open(url: string): Promise<RawClient> {
    const client = new RawClient(new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`));
    await new Promise((resolve, reject) => {
      client.#socket.addEventListener('open', resolve);
      client.#socket.addEventListener('error', reject);
    });
    return client;
  }

  /** As `open`, and greeted by the node. */
  static async connect(url: string): Promise<RawClient> {
    const client = await RawClient.open(url);
    client.sendPacket({ type: 0 });
    await client.next(({ type, data }) => type === 2 && Array.isArray(data) && data[0] === 'hello');
    return client;
  }

  sendPacket(packet: Omit<Packet, 'nsp'>): void {
    for (const chunk of new Encoder().encode({ nsp: '/', ...packet })) this.#socket.send(new Uint8Array(chunk));
  }

  /** Emits an event; with an `id` it asks for an answer. */
  emit(data: unknown, id?: number): void {
    this.sendPacket({ type: 2, data, ...(id === undefined ? {} : { id }) });
  }

  sendFrame(frame: string | Uint8Array<ArrayBuffer>): void {
    this.#socket.send(frame);
  }

  /** The answer to what was emitted with this id. */
  async answerTo(id: number): Promise<unknown> {
    const { data } = await this.next((packet) => packet.type === 3 && packet.id === id);
    return Array.isArray(data) ? data[0] : data;
  }

  /** The first packet, past or to come, that is as it should be. */
  async next(isWanted: (packet: Packet) => boolean): Promise<Packet> {
    const { promise, resolve } = Promise.withResolvers<Packet>();
    const look = () => {
      const found = this.#packets.find(isWanted);
      if (found !== undefined) resolve(found);
    };
    this.#waiting.add(look);
    look();
    const found = await promise;
    this.#waiting.delete(look);
    return found;
  }

  [Symbol.dispose](): void {
    this.#socket.close();
  }
}
