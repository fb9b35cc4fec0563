import { AsyncLocalStorage } from 'node:async_hooks';

const slot = new AsyncLocalStorage<(token: string) => void>();

/** For better-auth, which hands over the secret of a link by a call: whoever awaits `catchToken` gets it, and nobody else. */
export function handOverToken({ token }: { token: string }): Promise<void> {
  slot.getStore()?.(token);
  return Promise.resolve();
}

/** The secret that better-auth hands over while `work` runs; null when it has none to give, such as for an address that nobody has. */
export async function catchToken(work: () => Promise<void>): Promise<string | null> {
  let caught: string | null = null;
  await slot.run((token) => {
    caught = token;
  }, work);
  return caught;
}
