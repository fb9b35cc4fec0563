import type { Clock, LogService } from '@trolley/shared/protocol';
import type { Logger } from 'pino';
import type { OpenLists } from '../relay/open-lists.ts';
import { HeadCheck } from './head-check.ts';
import type { Neighbourhood } from './neighbourhood.ts';
import { Pulse } from './pulse.ts';
import type { RedisLink } from './redis-link.ts';

interface WatchParts {
  node: string;
  log: LogService;
  lists: OpenLists;
  clock: Clock;
  logger: Logger;
  redis: RedisLink | null;
  neighbourhood: Neighbourhood | null;
  isLogShared: boolean;
}

/** Sees to it that this node finds out what it was not told, and forgets nodes that are gone. Returns how to stop. */
export function watchNodes(parts: WatchParts): { dispose(): void } {
  const { node, clock, logger, redis, neighbourhood } = parts;
  const headCheck = parts.isLogShared ? new HeadCheck(parts) : null;
  const pulse =
    redis &&
    new Pulse(
      { node, bus: redis.bus, clock },
      {
        onUp() {
          logger.info('the other nodes can be heard');
          neighbourhood?.askAll();
          headCheck?.calm();
        },
        onDown() {
          logger.warn('the other nodes cannot be heard: comparing heads');
          headCheck?.alarm();
        },
        onNodeGone(gone) {
          logger.warn({ node: gone }, 'a node has gone silent');
          neighbourhood?.forget(gone);
          // It may have committed what it never came to broadcast.
          headCheck?.compareNow();
        },
      },
    );
  return {
    dispose() {
      pulse?.dispose();
      headCheck?.dispose();
    },
  };
}
