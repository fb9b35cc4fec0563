/** What of a page and its browser keeps a screen awake. */
export interface AwakeParts {
  readonly page: Pick<Document, 'visibilityState' | 'addEventListener' | 'removeEventListener'>;
  /** Absent where the browser has no wake locks, or the page may not have one. */
  readonly wakeLock: { request: (type: 'screen') => Promise<{ release: () => Promise<void> }> } | undefined;
}

/**
 * Keeps the screen awake until it is stopped. The browser takes the lock away from a page that is hidden, so it is taken again when the
 * page comes back. Where there are no wake locks, or the battery is low, the screen goes dark as always. Returns how to stop.
 */
export function keepAwake({ page, wakeLock }: AwakeParts): () => void {
  if (wakeLock === undefined) return () => undefined;
  let isStopped = false;
  let held: Promise<{ release: () => Promise<void> } | null> = Promise.resolve(null);
  const release = () => {
    void held.then((lock) => lock?.release()).catch(() => undefined);
  };
  const take = () => {
    if (page.visibilityState !== 'visible' || isStopped) return;
    release();
    held = wakeLock.request('screen').catch(() => null);
  };
  page.addEventListener('visibilitychange', take);
  take();
  return () => {
    isStopped = true;
    page.removeEventListener('visibilitychange', take);
    release();
  };
}
