import { slotOf } from './shard-subscriber.ts';

const slotCount = 16_384;
/** More than the shards of any cluster of ours. */
const clusterBeats = 8;

/**
 * Channels that lie evenly over all slots, so that each shard has at least one when there are at most as many: what comes back on all of them
 * says that all shards work. A single server has one.
 */
export function beatChannelsFor(isCluster: boolean): string[] {
  const count = isCluster ? clusterBeats : 1;
  return Array.from({ length: count }, (_, part) => channelIn(part * (slotCount / count), slotCount / count));
}

function channelIn(from: number, length: number): string {
  for (let number = 0; ; number += 1) {
    const channel = `trolley:beat:${number}`;
    const slot = slotOf(channel);
    if (from <= slot && slot < from + length) return channel;
  }
}
