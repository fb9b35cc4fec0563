import type { Logger } from 'pino';

/**
 * Closes the server at the first SIGINT or SIGTERM and ends the process, with 1 if that did not go cleanly. Later signals change nothing: a
 * Ctrl-C reaches us from the terminal, from npm and from the script that started us.
 */
export function stopOnSignal(server: { close(): Promise<void> }, logger: Logger): void {
  let isStopping = false;
  const stop = () => {
    if (isStopping) return;
    isStopping = true;
    server.close().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, 'could not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}
