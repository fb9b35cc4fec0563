import { expect } from '@playwright/test';
import { leaveLongAgo } from '../leave-long-ago.ts';
import { tellMoment } from '../tell-moment.ts';
import type { Visitor } from './visitor.ts';

/** From the first screen to a list with all that can be on it. It is the second one: there is another to move things to. */
export async function visitLists(anna: Visitor): Promise<void> {
  await anna.open('/');
  await anna.look('welcome');
  await anna.button('home_new_list').click();
  await expect(anna.addItem).toBeFocused();
  await anna.look('empty list');
  await anna.add('charcoal');
  await anna.isSaved();
  // A page that goes at once takes along what it was about to remember of its list.
  await leaveLongAgo(anna.page);
  await anna.open('/');
  await anna.button('home_new_list').click();
  await anna.field('list_name').fill('Groceries of the whole family');
  await anna.sheet.getByRole('radio').nth(2).check();
  await anna.look('new list');
  await anna.button('home_new_make').click();
  await anna.add('2 kg potatoes, waxy, for the salad', 'milk, lactose-free', 'bread', 'soap');
  await anna.isSaved();
  await anna.checkbox('bread').check();
  await anna.addItem.fill(anna.isArabic ? 'حلي' : 'mil');
  await expect(anna.page.getByRole('list', { name: anna.words('list_suggestions') })).toBeVisible();
  await anna.look('suggestions');
  await anna.add('milk');
  await expect(anna.page.getByRole('button', { name: anna.words('list_make_it') })).toBeVisible();
  await anna.look('list, with a toast');
}

/** What lies over a list when one of its items is tapped. */
export async function visitDetails(anna: Visitor): Promise<void> {
  await tellMoment(anna.page, await anna.page.evaluate(() => Date.now()));
  await anna.openDetails('soap');
  await anna.page.getByRole('checkbox', { name: anna.words('staple_mark') }).check();
  await anna.field('item_quantity').fill('many');
  await anna.page.keyboard.press('Tab');
  await expect(anna.page.getByText(anna.words('item_quantity_problem'))).toBeVisible();
  await anna.look('details');
  await anna.button('choose_transfer_item').click();
  await expect(anna.sheet.getByRole('radio')).toHaveCount(1);
  await anna.look('move one item');
  await anna.closeSheet();
  await anna.openDetails('soap');
  await anna.button('item_remove').click();
  await anna.addItem.focus();
  await expect(anna.page.getByRole('list', { name: anna.words('usual_title') })).toBeVisible();
  await anna.look('often bought');
  await anna.isSaved();
}

/** What the menu of a list leads to. */
export async function visitMenu(anna: Visitor): Promise<void> {
  await anna.button('list_menu').click();
  await expect(anna.sheet).toBeVisible();
  await anna.look('menu');
  await anna.closeSheet();
  for (const [screen, entry, sign] of [
    ['list settings', 'look_settings', anna.field('list_name')],
    ['staples', 'staple_title', anna.sheet.getByText('soap', { exact: true })],
    ['list from this one', 'choose_template', anna.field('list_name')],
    ['move items', 'choose_transfer', anna.sheet.getByRole('radio')],
    ['recently removed', 'menu_recently_removed', anna.sheet.getByText('soap', { exact: true })],
    ['no trips yet', 'trip_title', anna.page.getByText(anna.words('trip_none'))],
  ] as const) {
    await anna.openMenu(entry);
    await expect(sign).toBeVisible();
    await anna.look(screen);
    await anna.closeSheet();
  }
  await anna.openMenu('menu_history');
  await anna.button('history_earlier').click();
  await expect(anna.sheet.getByText(anna.words('history_gone'))).toBeVisible();
  await anna.look('time machine');
  await anna.closeSheet();
  await anna.checkbox('bread').focus();
  await anna.page.keyboard.press('?');
  await expect(anna.page.getByRole('dialog', { name: anna.words('menu_keys') })).toBeVisible();
  await anna.look('keyboard shortcuts');
  await anna.closeSheet();
}
