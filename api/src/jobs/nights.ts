import { createHash } from 'node:crypto';
import type { Clock } from '@trolley/shared/protocol';

/** Hour of the machine's day in which the fewest people shop. */
const quietHour = 3;
/** A process that has just started has better things to do. */
const firstAskMs = 60_000;
const askEveryMs = 60 * 60 * 1_000;

/** The last moment at which a night's work was to begin, by this machine's time of day. */
export function lastNight(nowMs: number): Date {
  const night = new Date(nowMs);
  night.setHours(quietHour, 0, 0, 0);
  if (night.getTime() > nowMs) night.setDate(night.getDate() - 1);
  return night;
}

/** The id that a queue's job of a night has, whichever process asks for it: so there is one, however many ask and however often. */
export function nightlyJobId(queue: string, night: Date): string {
  const day = [night.getFullYear(), night.getMonth() + 1, night.getDate()].join('-');
  const hash = createHash('sha256').update(`${queue} ${day}`).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

/**
 * Asks for the last night's work every hour: also on a machine that was switched off at night, then when it is back. Returns how to stop.
 * What `ask` can't do is asked again an hour later.
 */
export function everyNight(ask: (night: Date) => void, clock: Clock): () => void {
  let cancel = (): void => undefined;
  const askLater = (delayMs: number): void => {
    cancel = clock.schedule(delayMs, () => {
      ask(lastNight(clock.nowMs()));
      askLater(askEveryMs);
    });
  };
  askLater(firstAskMs);
  return () => {
    cancel();
  };
}
