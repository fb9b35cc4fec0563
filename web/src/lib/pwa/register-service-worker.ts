/** How often a page that stays open asks whether there is a new version. */
const checkIntervalMs = 60 * 60 * 1000;

/**
 * Registers the service worker where the browser has one, which over plain http on the home network it has not. `onUpdate` is called when
 * a new version waits, with what makes it take over and reloads the page. Returns how to stop.
 */
export function registerServiceWorker(onUpdate: (takeOver: () => void) => void): () => void {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return () => undefined;
  const { serviceWorker } = navigator;
  const stop = new AbortController();
  const follow = async () => {
    const registration = await serviceWorker.register('/service-worker.js', { type: 'module' });
    const offer = (worker: ServiceWorker | null) => {
      // Without a controller this is the first version, which nobody needs to be told of.
      if (worker?.state === 'installed' && serviceWorker.controller !== null && !stop.signal.aborted) {
        onUpdate(() => {
          takeOver(worker);
        });
      }
    };
    offer(registration.waiting);
    registration.addEventListener(
      'updatefound',
      () => {
        const { installing } = registration;
        installing?.addEventListener('statechange', () => {
          offer(installing);
        });
      },
      { signal: stop.signal },
    );
    const timer = setInterval(() => void registration.update().catch(() => undefined), checkIntervalMs);
    stop.signal.addEventListener('abort', () => {
      clearInterval(timer);
    });
  };
  // A browser that refuses (private mode, a full disk) has no offline start; everything else works.
  follow().catch(() => undefined);
  return () => {
    stop.abort();
  };
}

function takeOver(worker: ServiceWorker): void {
  navigator.serviceWorker.addEventListener(
    'controllerchange',
    () => {
      location.reload();
    },
    { once: true },
  );
  worker.postMessage('take-over');
}
