/**
 * Makes a job that never runs twice at once: called while it runs, it runs once more afterwards, and everybody who called meanwhile waits
 * for that one run.
 */
export function coalesce<T>(job: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | null = null;
  let next: Promise<T> | null = null;
  const start = () => {
    running = job().finally(() => {
      running = null;
    });
    return running;
  };
  const startAgain = () => {
    next = null;
    return start();
  };
  return () => {
    if (running === null) return start();
    next ??= running.then(startAgain, startAgain);
    return next;
  };
}
