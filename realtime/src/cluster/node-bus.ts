/** Messages from node to node. Best effort: what is sent while a node cannot be reached is lost to it. */
export interface NodeBus {
  /** Channels that tell together whether the whole bus works: a message that comes back on each says so. */
  readonly beatChannels: readonly string[];
  /** To every node that listens to the channel, this one included. */
  publish(channel: string, message: string): void;
  /** Resolves when nothing that is sent from now on is missed. Each channel has one listener. */
  subscribe(channel: string, listener: (message: Buffer) => void): Promise<void>;
  unsubscribe(channel: string): void;
  /** Calls back when a connection has come about, and when one has broken. */
  onConnection(listener: (state: 'made' | 'broken') => void): void;
  /** Gives up connections that look alive and are not. */
  reconnect(): void;
}
