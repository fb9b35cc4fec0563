import * as v from 'valibot';
import {
  createMemberId,
  limits,
  listIdSchema,
  roleSchema,
  TrolleyError,
  type ListId,
  type MemberId,
  type RandomBytes,
} from '@trolley/shared/protocol';
import type { Account, AccountList, Locks } from '@trolley/shared/sync';
import { callApi } from './api-client.ts';
import { signIn, signInAsGuest, signOut, signUp, type SignInProblem } from './auth-api.ts';
import { readMe, updateMe, type Me } from './me-api.ts';
import { createProfile, listenForProfile, readProfile, writeProfile, type Profile } from './profile.ts';

const accountListsSchema = v.array(v.object({ list: listIdSchema, role: roleSchema }));

/** What the server calls somebody who has said nothing of themself. */
const namelessGuest = 'Guest';

interface BrowserAccountParts {
  storage: Storage | null;
  locks: Locks;
  randomBytes: RandomBytes;
  /** The person has signed out in another tab: what this one shows is theirs no longer. */
  onSignedOutElsewhere: () => void;
}

/** The person who uses this browser: a profile kept on the phone, and the session that the cookie holds once there is one. */
export class BrowserAccount implements Account {
  readonly #parts: BrowserAccountParts;
  readonly dispose: () => void;
  #profile: Profile = $state.raw(createProfile(() => new Uint8Array(16)));

  constructor(parts: BrowserAccountParts) {
    this.#parts = parts;
    const stored = readProfile(parts.storage);
    this.#profile = stored ?? createProfile(parts.randomBytes);
    if (stored === null) writeProfile(parts.storage, this.#profile);
    this.dispose = listenForProfile(() => {
      this.#readAgain();
    });
  }

  /** Reactive. */
  get profile(): Profile {
    return this.#profile;
  }

  get memberId(): MemberId {
    return this.#profile.memberId;
  }

  get hasSession(): boolean {
    return this.#profile.userId !== null;
  }

  /** True when somebody with a password has lost their session: only they can begin a new one. */
  get mustSignIn(): boolean {
    return !this.hasSession && !this.#profile.isGuest;
  }

  async ensureSession(): Promise<void> {
    if (this.hasSession) return;
    await this.#parts.locks.run('trolley:session', async () => {
      if (!(await this.findSession())) await this.#becomeGuest();
    });
  }

  /** Takes up the session that the browser may hold without our knowing. Answers whether there is one; never makes a guest. */
  async findSession(): Promise<boolean> {
    if (!this.hasSession) this.#readAgain();
    return this.hasSession || this.takeUpSession();
  }

  forgetSession(): void {
    this.#readAgain();
    this.#save({ userId: null });
  }

  async register(list: ListId): Promise<void> {
    await callApi(v.unknown(), `/lists/${list}`, { method: 'PUT' });
  }

  lists(): Promise<AccountList[]> {
    return callApi(accountListsSchema, '/lists');
  }

  /** Sets name and colour on this phone, and for everybody else if there is a session. Rejects when the server could not be told. */
  async describe(fields: { name?: string; color?: number }): Promise<void> {
    this.#save(fields);
    if (this.hasSession) this.#adopt(await updateMe(fields));
  }

  /** Turns the guest into an account that can be reached from other phones. Null when it worked. */
  async signUp(email: string, password: string): Promise<SignInProblem | null> {
    await this.ensureSession();
    return this.#enter(await signUp({ name: this.#profile.name || nameFromEmail(email), email, password }));
  }

  /** Signs in to an account there is. Null when it worked. */
  async signIn(email: string, password: string): Promise<SignInProblem | null> {
    return this.#enter(await signIn({ email, password }));
  }

  /** Ends the session and starts over as somebody whom no server knows. Null when it worked. */
  async signOut(): Promise<SignInProblem | null> {
    const problem = await signOut();
    if (problem === null) this.#save(createProfile(this.#parts.randomBytes));
    return problem;
  }

  /** Takes up who the session speaks for now, where it was begun or changed by other means. Answers whether there is one. */
  async takeUpSession(): Promise<boolean> {
    const me = await readMe();
    if (me !== null) this.#adopt(me);
    return me !== null;
  }

  async #enter(problem: SignInProblem | null): Promise<SignInProblem | null> {
    if (problem !== null) return problem;
    return (await this.takeUpSession()) ? null : 'internal';
  }

  async #becomeGuest(): Promise<void> {
    if (this.mustSignIn) throw new TrolleyError('unauthenticated', 'the session has ended');
    await signInAsGuest();
    this.#adopt(await this.#introduce());
  }

  /** Tells the server of a new guest who they are. A member id that is taken belongs to a session that was lost; a new one replaces it. */
  async #introduce(): Promise<Me> {
    const { name, color, memberId } = this.#profile;
    const fields = { color, ...(name === '' ? {} : { name }) };
    try {
      return await updateMe({ ...fields, memberId });
    } catch (error) {
      if (!(error instanceof TrolleyError) || error.code !== 'already-exists') throw error;
      return updateMe({ ...fields, memberId: createMemberId(this.#parts.randomBytes) });
    }
  }

  #adopt(me: Me): void {
    const { name, ...account } = me;
    this.#save({ ...account, name: me.email === null && name === namelessGuest ? '' : name });
  }

  #readAgain(): void {
    const { isGuest, memberId } = this.#profile;
    this.#profile = readProfile(this.#parts.storage) ?? this.#profile;
    // Two guests are two tabs that were opened first of all, in the same moment.
    if (!isGuest && this.memberId !== memberId) this.#parts.onSignedOutElsewhere();
  }

  #save(fields: Partial<Profile>): void {
    this.#profile = { ...this.#profile, ...fields };
    writeProfile(this.#parts.storage, this.#profile);
  }
}

/** What stands before the @, until the person says more. */
function nameFromEmail(email: string): string {
  return (email.split('@')[0] ?? email).slice(0, limits.maxPersonNameLength);
}
