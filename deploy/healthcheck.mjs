// Exit code 0 when this container answers that it is ready: it reaches its database.
const port = process.env['PORT'] ?? '3000';
const response = await fetch(`http://127.0.0.1:${port}/readyz`);
process.exitCode = response.ok ? 0 : 1;
