import { expect } from '@playwright/test';
import { leaveLongAgo } from '../leave-long-ago.ts';
import { Visitor, type Visit } from './visitor.ts';

/** Anna shares her list with Ben, who shops on it, and loses it; Cleo may only look. */
export async function visitTogether(anna: Visitor, visit: Visit): Promise<void> {
  const address = anna.page.url();
  await anna.add('apples', 'cheese');
  const invite = await share(anna);
  const ben = await Visitor.arrive(visit);
  await ben.open(invite);
  await ben.look('join');
  await join(ben, 'Ben');
  await shopTogether(anna, ben);

  await leaveLongAgo(anna.page, 2);
  await ben.add('jam', 'salt', 'rice', 'oil', 'tea');
  await ben.openDetails('cheese');
  await ben.button('item_remove').click();
  await ben.isSaved();
  await anna.page.goto(address);
  await expect(anna.page.getByRole('region', { name: anna.words('away_title') })).toBeVisible();
  await anna.look('while you were away');

  await anna.button('list_share').click();
  await anna.button('share_hand_over').click();
  await expect(anna.page.getByRole('combobox', { name: anna.words('share_hand_over_to') })).toBeVisible();
  await anna.button('share_member_remove').click();
  await anna.look('members, one of whom is to go');
  await anna.button('share_member_remove_yes').click();
  await expect(ben.button('access_remove_copy')).toBeVisible();
  await ben.look('list without access');

  await anna.sheet.getByRole('radio').nth(1).check();
  await expect(anna.page.locator(`a[href*="/join/"]:not([href$="${invite}"])`)).toBeVisible();
  const cleo = await Visitor.arrive(visit);
  await cleo.open(await linkOf(anna));
  await join(cleo, 'Cleo');
  await expect(cleo.addItem).toBeDisabled();
  await cleo.look('list to look at');
  await cleo.button('list_share').click();
  await expect(cleo.button('share_leave')).toBeVisible();
  await cleo.look('share, for a viewer');
}

async function share(anna: Visitor): Promise<string> {
  await anna.button('list_share').click();
  const invite = await linkOf(anna);
  await anna.look('share');
  await anna.closeSheet();
  return invite;
}

async function linkOf(anna: Visitor): Promise<string> {
  const link = anna.page.locator('a[href*="/join/"]');
  await expect(link).toBeVisible();
  return new URL((await link.getAttribute('href')) ?? '', anna.page.url()).pathname;
}

async function join(guest: Visitor, name: string): Promise<void> {
  await guest.field('join_your_name').fill(name);
  await guest.button('join_join').click();
  await expect(guest.checkbox('potatoes')).toBeVisible();
}

async function shopTogether(anna: Visitor, ben: Visitor): Promise<void> {
  await ben.openDetails('potatoes');
  await expect(anna.page.getByText(anna.words('list_is_editing'))).toBeVisible();
  await anna.look('list that somebody edits');
  await ben.closeSheet();
  for (const one of [anna, ben]) await one.button('shop_start').click();
  await ben.page
    .getByRole('button', { name: ben.words('shop_take_section') })
    .first()
    .click();
  await ben.look('a section of one’s own');
  await expect(anna.page.getByText(anna.words('shop_taken_by'))).toBeVisible();
  await anna.look('a section that somebody takes');
  await anna.button('here_open').click();
  await expect(anna.sheet.getByText('Ben')).toBeVisible();
  await anna.look('who is here');
  await anna.closeSheet();
  for (const one of [anna, ben]) await one.button('shop_back').click();
}
