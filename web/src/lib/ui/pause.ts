/** Resolves in a task of its own, when the browser has nothing better to do if it can say so: between two, the page paints and hears keys. */
export function pause(): Promise<void> {
  return new Promise((resolve) => {
    // Safari has no idle callbacks. One that is not called for so long belongs to a page that is busy, or hidden.
    if ('requestIdleCallback' in window) {
      requestIdleCallback(
        () => {
          resolve();
        },
        { timeout: 50 },
      );
    } else setTimeout(resolve);
  });
}
