import * as v from 'valibot';
import { colorSchema, createMemberId, memberIdSchema, userIdSchema, type RandomBytes } from '@trolley/shared/protocol';

export const profileKey = 'trolley.profile';

const profileSchema = v.object({
  /** Stands in the stamps of every edit made on this phone. */
  memberId: memberIdSchema,
  name: v.string(),
  color: colorSchema,
  /** The account that the session speaks for; null as long as there is none. */
  userId: v.nullable(userIdSchema),
  isGuest: v.boolean(),
  email: v.nullable(v.string()),
});
/** Who uses this phone, known with and without a network. */
export type Profile = v.InferOutput<typeof profileSchema>;

/** A person whom no server knows yet, with a colour drawn by lot. */
export function createProfile(randomBytes: RandomBytes): Profile {
  const color = (randomBytes(1)[0] ?? 0) % 16;
  return { memberId: createMemberId(randomBytes), name: '', color, userId: null, isGuest: true, email: null };
}

/** The profile kept on this phone; null when there is none or the browser keeps nothing. */
export function readProfile(storage: Storage | null): Profile | null {
  const text = storage?.getItem(profileKey) ?? null;
  if (text === null) return null;
  const parsed = v.safeParse(profileSchema, parseJson(text));
  return parsed.success ? parsed.output : null;
}

/** Keeps the profile. A browser that refuses costs the name after a reload, nothing else. */
export function writeProfile(storage: Storage | null, profile: Profile): void {
  try {
    storage?.setItem(profileKey, JSON.stringify(profile));
  } catch {
    return;
  }
}

/** Calls back when another tab has changed the profile. Returns how to stop. */
export function listenForProfile(callback: () => void): () => void {
  const onStorage = (event: StorageEvent) => {
    if (event.key === profileKey) callback();
  };
  window.addEventListener('storage', onStorage);
  return () => {
    window.removeEventListener('storage', onStorage);
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
