import {
  startAuthentication,
  startRegistration,
  WebAuthnError,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser';
import * as v from 'valibot';
import { TrolleyError } from '@trolley/shared/protocol';
import { readJson, send } from './api-client.ts';

/** Why no passkey was made or used, as far as a person can do something about it. */
export type PasskeyProblem = 'cancelled' | 'unknown' | 'exists' | 'unavailable' | 'rate-limited';

const passkeySchema = v.object({ id: v.string(), createdAt: v.string() });
/** A passkey of one's account. */
export type Passkey = v.InferOutput<typeof passkeySchema>;

/** What the browser is asked for; it checks the rest itself. */
const creationSchema = v.custom<PublicKeyCredentialCreationOptionsJSON>((options) =>
  v.is(v.object({ challenge: v.string(), user: v.object({}) }), options),
);
const requestSchema = v.custom<PublicKeyCredentialRequestOptionsJSON>((options) =>
  v.is(v.object({ challenge: v.string() }), options),
);

/** Makes a passkey for the account of the session, under `name` in the phone's own list of passkeys. Null when it worked. */
export function addPasskey(name: string): Promise<PasskeyProblem | null> {
  return attempt(async () => {
    const query = new URLSearchParams({ name });
    const optionsJSON = await call(creationSchema, `/generate-register-options?${query.toString()}`);
    const response = await startRegistration({ optionsJSON });
    await call(v.unknown(), '/verify-registration', { response });
  });
}

/** Begins a session by a passkey that the person picks. Null when it worked. */
export function signInWithPasskey(): Promise<PasskeyProblem | null> {
  return attempt(async () => {
    const optionsJSON = await call(requestSchema, '/generate-authenticate-options');
    const response = await startAuthentication({ optionsJSON });
    await call(v.unknown(), '/verify-authentication', { response });
  });
}

/** The passkeys of one's account. Rejects with a `TrolleyError`. */
export function listPasskeys(): Promise<Passkey[]> {
  return call(v.array(passkeySchema), '/list-user-passkeys');
}

/** Makes a passkey worthless. Rejects with a `TrolleyError`. */
export async function removePasskey(id: string): Promise<void> {
  await call(v.unknown(), '/delete-passkey', { id });
}

async function attempt(work: () => Promise<void>): Promise<PasskeyProblem | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof TrolleyError) return problemByCode[error.code] ?? 'unavailable';
    if (error instanceof WebAuthnError && error.code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED') return 'exists';
    if (error instanceof Error) return 'cancelled';
    throw error;
  }
}

const problemByCode: Readonly<Record<string, PasskeyProblem>> = {
  unauthenticated: 'unknown',
  'bad-request': 'unknown',
  'rate-limited': 'rate-limited',
};

/** One call of better-auth's passkey part. */
async function call<T>(schema: v.GenericSchema<unknown, T>, path: string, body?: unknown): Promise<T> {
  const request = body === undefined ? {} : { method: 'POST' as const, body };
  const response = await send(`/api/auth/passkey${path}`, request);
  const answer = v.safeParse(schema, await readJson(response));
  if (response.ok && answer.success) return answer.output;
  throw new TrolleyError(codeOf(response.status), `no answer about passkeys: ${response.status}`);
}

function codeOf(status: number) {
  if (status === 429) return 'rate-limited';
  if (status === 401) return 'unauthenticated';
  return status >= 400 && status < 500 ? 'bad-request' : 'unavailable';
}
