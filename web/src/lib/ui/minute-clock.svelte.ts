import { createSubscriber } from 'svelte/reactivity';

const minuteMs = 60_000;
const subscribe = createSubscriber((update) => {
  const timer = setInterval(update, minuteMs);
  return () => {
    clearInterval(timer);
  };
});

/** Now, in milliseconds; whatever reads it is brought up to date once a minute while it is on the screen. */
export function currentMinuteMs(): number {
  subscribe();
  return Date.now();
}
