/** As long as a first visit has better things to load. */
const firstMomentsMs = 3_000;

/** Resolves when code may be loaded that nobody waits for: at once where a service worker keeps all of it on the phone. */
export async function whenCalm(): Promise<void> {
  if ('serviceWorker' in navigator && navigator.serviceWorker.controller !== null) return;
  await new Promise((resolve) => {
    setTimeout(resolve, firstMomentsMs);
  });
}
