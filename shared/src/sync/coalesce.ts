/**
 * Makes a job that never runs twice at once: called while it runs, it runs once more afterwards, and everybody who called meanwhile waits
 * for that one run.
 */
export function coalesce<T>(job: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | null = null;
  /** The run after this one. It is promised until it has begun, also in the moment when the one before has just ended. */
  let next: Promise<T> | null = null;
  const start = () => {
    next = null;
    running = job().finally(() => {
      running = null;
    });
    return running;
  };
  return () => {
    if (next !== null) return next;
    if (running === null) return start();
    next = running.then(start, start);
    return next;
  };
}
