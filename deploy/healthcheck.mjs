// Ends with 0 when the server of this container says that it is ready, which includes its database.
const port = process.env['PORT'] ?? '3000';
const isReady = await fetch(`http://127.0.0.1:${port}/readyz`).then(
  (response) => response.ok,
  () => false,
);
process.exitCode = isReady ? 0 : 1;
