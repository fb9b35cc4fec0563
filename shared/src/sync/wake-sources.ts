const tickMs = 5_000;
/** A timer that comes this late was not late by load: the machine slept, or the browser froze the page. */
const jumpMs = 15_000;

interface WakeHandlers {
  /** The person is back, or the network is: check the connection now. */
  onWake: () => void;
  /** The browser knows that there is no network. */
  onNetworkLost: () => void;
}

/**
 * Everything by which a browser tells, or betrays, that a page has slept: `online`, `visibilitychange`, `pageshow` and a jump of the clock.
 * A phone that returns with a dead socket is the commonest fault of its rivals. Returns how to stop.
 */
export function listenForWakes(handlers: WakeHandlers): () => void {
  const stop = new AbortController();
  const options = { signal: stop.signal };
  const wakeIfOnline = () => {
    if (navigator.onLine) handlers.onWake();
  };
  window.addEventListener('online', handlers.onWake, options);
  window.addEventListener('offline', handlers.onNetworkLost, options);
  window.addEventListener('pageshow', wakeIfOnline, options);
  document.addEventListener(
    'visibilitychange',
    () => {
      if (document.visibilityState === 'visible') wakeIfOnline();
    },
    options,
  );
  let lastTickMs = Date.now();
  const timer = setInterval(() => {
    const sleptMs = Date.now() - lastTickMs - tickMs;
    lastTickMs = Date.now();
    if (sleptMs > jumpMs) wakeIfOnline();
  }, tickMs);
  stop.signal.addEventListener('abort', () => {
    clearInterval(timer);
  });
  return () => {
    stop.abort();
  };
}
