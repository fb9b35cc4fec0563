import { TrolleyError, type ListId, type Role, type UserId } from '@trolley/shared/protocol';
import { problemText } from '#lib/account/problem-text.ts';
import * as m from '#lib/paraglide/messages.js';
import { introduce } from '#lib/sync/introduce.ts';
import type { Trolley } from '#lib/sync/trolley.ts';
import { obtainLink, type KeptLink, type LinkTerms } from './invite-link.ts';
import { listInvites, revokeInvite, type ListedInvite } from './invites-api.ts';
import { deleteList } from './lists-api.ts';
import { changeRole, listMembers, removeMember, type Member } from './members-api.ts';

/** Who may open a list and by which links; everything here needs the network. */
export class SharingState {
  readonly #list: ListId;
  readonly #trolley: Trolley;
  readonly #canManage: boolean;
  #terms: LinkTerms = { role: 'editor', hours: 168 };

  link: KeptLink | null = $state.raw(null);
  invites: readonly ListedInvite[] = $state.raw([]);
  members: readonly Member[] = $state.raw([]);
  /** Why the last call did not work, in words; null while all is well. */
  problem: string | null = $state.raw(null);

  constructor(list: ListId, trolley: Trolley, canManage: boolean) {
    this.#list = list;
    this.#trolley = trolley;
    this.#canManage = canManage;
  }

  /** Reads who is there and makes a link on the terms asked for last. A list begun offline is made known to the server first. */
  async load(terms: LinkTerms = this.#terms): Promise<void> {
    this.#terms = terms;
    this.link = null;
    await this.#attempt(async () => {
      await this.#trolley.account.ensureSession();
      if (this.#canManage) {
        await this.#trolley.account.register(this.#list);
        const { link, invites } = await obtainLink(this.#list, terms);
        // A slow answer about terms that are no longer wanted must not show its link.
        if (terms === this.#terms) this.link = link;
        this.invites = invites;
      }
      this.members = await listMembers(this.#list);
    }, m.share_offline());
  }

  /** Makes a link worthless; if it is the one that is shown, a new one takes its place. */
  async revoke(inviteId: string): Promise<void> {
    await this.#attempt(async () => {
      await revokeInvite(this.#list, inviteId);
      this.invites = await listInvites(this.#list);
    });
    if (this.link?.inviteId === inviteId) await this.load();
  }

  async setRole(user: UserId, role: Role): Promise<void> {
    await this.#attempt(() => changeRole(this.#list, user, role));
    await this.#readMembers();
  }

  async remove(user: UserId): Promise<void> {
    await this.#attempt(() => removeMember(this.#list, user));
    await this.#readMembers();
  }

  /** Ends this person's own membership. False when it did not work; `problem` says why. */
  leave(user: UserId): Promise<boolean> {
    return this.#attempt(() => removeMember(this.#list, user));
  }

  /**
   * Makes somebody else an owner, then goes, steps down to an editor, or stays an owner beside them. In this order, so that there is one at any
   * time. False when a part of it did not work; `problem` says why.
   */
  async handOver(heir: UserId, self: UserId, then: 'leave' | 'step-down' | 'stay'): Promise<boolean> {
    const isDone = await this.#attempt(async () => {
      await changeRole(this.#list, heir, 'owner');
      if (then === 'step-down') await changeRole(this.#list, self, 'editor');
      if (then === 'leave') await removeMember(this.#list, self);
    });
    if (then !== 'leave' || !isDone) await this.#readMembers();
    return isDone;
  }

  /** Deletes the list for everybody. As `leave`. */
  deleteForAll(): Promise<boolean> {
    return this.#attempt(() => deleteList(this.#list));
  }

  /** Says who invites; known on this phone in any case. */
  async introduce(name: string): Promise<void> {
    await this.#attempt(() => introduce(this.#trolley, { name }));
  }

  async #readMembers(): Promise<void> {
    const { problem } = this;
    await this.#attempt(async () => {
      this.members = await listMembers(this.#list);
    });
    this.problem ??= problem;
  }

  async #attempt(call: () => Promise<void>, offlineText = m.problem_unavailable()): Promise<boolean> {
    this.problem = null;
    try {
      await call();
      return true;
    } catch (error) {
      const isOffline = error instanceof TrolleyError && error.code === 'unavailable';
      this.problem = isOffline ? offlineText : problemText(error);
      return false;
    }
  }
}
