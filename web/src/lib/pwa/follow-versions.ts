import { loadTrolley } from '#lib/sync/load-trolley.ts';
import { registerServiceWorker } from './register-service-worker.ts';

/**
 * Watches for a new version of the app: one that the service worker has fetched, or a server that speaks a newer protocol than this page.
 * `onOffer` is called with what brings the new version. Returns how to stop.
 */
export function followVersions(onOffer: (reload: () => void) => void): () => void {
  const stopWorker = registerServiceWorker(onOffer);
  let isStopped = false;
  let stopClient: () => void = () => undefined;
  void loadTrolley().then(({ client }) => {
    if (!isStopped) stopClient = client.onOutdated(() => void catchUp(onOffer));
  });
  return () => {
    isStopped = true;
    stopWorker();
    stopClient();
  };
}

/** With a service worker the new version must be fetched first, and is then offered as always; without one a reload brings it. */
async function catchUp(onOffer: (reload: () => void) => void): Promise<void> {
  const registration = 'serviceWorker' in navigator ? await navigator.serviceWorker.getRegistration() : undefined;
  if (registration !== undefined) {
    await registration.update().catch(() => undefined);
    return;
  }
  onOffer(() => {
    location.reload();
  });
}
