import * as m from '#lib/paraglide/messages.js';
import type { Trolley } from '#lib/sync/trolley.ts';
import { requestMail } from './mails-api.ts';
import { problemText, signInProblemText } from './problem-text.ts';
import { passkeyProblemText } from './way-problem-text.ts';

/** How a guest becomes an account, or somebody signs in: by a link in a mail, a password or a passkey. */
export class KeepState {
  readonly #trolley: Trolley;

  email = $state.raw('');
  password = $state.raw('');
  /** False for whoever has an account already. */
  isNewHere = $state.raw(true);
  usesPassword = $state.raw(false);
  isBusy = $state.raw(false);
  /** Why it did not work, in words; null while all is well. */
  problem: string | null = $state.raw(null);
  /** What to do now that a mail is on its way; null before. */
  sent: string | null = $state.raw(null);

  constructor(trolley: Trolley) {
    this.#trolley = trolley;
    this.isNewHere = !trolley.account.mustSignIn;
    this.email = trolley.account.profile.email ?? '';
  }

  swapWay(): void {
    this.usesPassword = !this.usesPassword;
    this.problem = null;
  }

  swapPerson(): void {
    this.isNewHere = !this.isNewHere;
    this.problem = null;
  }

  forgetMail(): void {
    this.sent = null;
  }

  /** Sends what the form holds. */
  async submit(): Promise<void> {
    await this.#attempt(() => (this.usesPassword ? this.#usePassword() : this.#askForLink()));
  }

  /** Has a link to a new password sent. */
  async resetPassword(): Promise<void> {
    await this.#attempt(async () => {
      if (!this.email.includes('@')) return m.account_problem_invalid_email();
      const { isMailed } = await requestMail('reset-password', this.email);
      this.sent = (isMailed ? m.account_mail_reset : m.account_mail_kept)({ email: this.email });
      return null;
    });
  }

  /** Makes a passkey for whoever is new here, and signs others in by theirs. */
  async usePasskey(): Promise<void> {
    await this.#attempt(async () => {
      const { account } = this.#trolley;
      const { addPasskey, signInWithPasskey } = await import('./passkeys-api.ts');
      if (this.isNewHere) await account.ensureSession();
      const refusal = await (this.isNewHere ? addPasskey(account.profile.name || m.app_name()) : signInWithPasskey());
      if (refusal !== null) return passkeyProblemText(refusal);
      await account.takeUpSession();
      this.#trolley.client.reconnect();
      return null;
    });
  }

  async #askForLink(): Promise<null> {
    const { isMailed } = await requestMail('sign-in', this.email);
    this.sent = (isMailed ? m.account_mail_link : m.account_mail_kept)({ email: this.email });
    return null;
  }

  async #usePassword(): Promise<string | null> {
    const { account, client } = this.#trolley;
    const isNew = this.isNewHere;
    const refusal = await (isNew
      ? account.signUp(this.email, this.password)
      : account.signIn(this.email, this.password));
    if (refusal !== null) return signInProblemText(refusal);
    client.reconnect();
    // Whoever misses it can have it sent again.
    if (isNew) await requestMail('verify-address', this.email).catch(() => undefined);
    return null;
  }

  /** Does something that may not work, and keeps the sentence that it answers with then. */
  async #attempt(work: () => Promise<string | null>): Promise<void> {
    this.isBusy = true;
    this.problem = null;
    try {
      this.problem = await work();
    } catch (error) {
      this.problem = problemText(error);
    }
    this.isBusy = false;
  }
}
