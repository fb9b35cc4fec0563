/** Longer than a slow phone takes for a frame: a browser that paints nothing for so long (a covered window) is not waited for. */
const patienceMs = 200;

/**
 * A function that resolves when the frame under way is on the screen. A page that is hidden or about to go has no next frame: everybody who
 * waits is let go in that moment, and nobody has to wait from then on.
 */
export function createAfterPaint(): () => Promise<void> {
  let waiting: PromiseWithResolvers<undefined> | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isLeaving = false;
  const letGo = () => {
    clearTimeout(timer);
    waiting?.resolve(undefined);
    waiting = null;
  };
  window.addEventListener('pagehide', () => {
    isLeaving = true;
    letGo();
  });
  window.addEventListener('pageshow', () => {
    isLeaving = false;
  });
  document.addEventListener('visibilitychange', letGo);
  return () => {
    if (isLeaving || document.visibilityState === 'hidden') return Promise.resolve();
    if (waiting !== null) return waiting.promise;
    waiting = Promise.withResolvers<undefined>();
    const { promise } = waiting;
    timer = setTimeout(letGo, patienceMs);
    requestAnimationFrame(() => {
      // The first task after a frame begins when that frame is on its way to the screen.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = letGo;
      port2.postMessage(null);
    });
    return promise;
  };
}
