import { expect } from '@playwright/test';
import type { Visitor } from './visitor.ts';

/** A trip to one of two stores: what is bought elsewhere is folded away, and the trip stands among the past ones. */
export async function visitShopping(anna: Visitor): Promise<void> {
  await anna.button('shop_start').click();
  await expect(anna.page.getByRole('heading', { level: 1, name: anna.words('shop_title') })).toBeVisible();
  await anna.button('store_edit').click();
  for (const name of ['The market beside the church', 'Corner shop']) {
    await anna.field('store_new').fill(name);
    await anna.button('store_add').click();
    await expect(anna.sheet.getByRole('button', { name })).toBeVisible();
  }
  await anna.look('stores');
  await anna.sheet.getByRole('button', { name: 'Corner shop' }).click();
  await expect(anna.field('store_name')).toBeVisible();
  await anna.sheet
    .getByRole('button', { name: anna.words('store_down') })
    .first()
    .click();
  await expect(anna.button('store_aisles_reset')).toBeVisible();
  await anna.look('aisles of a store');
  await anna.page.keyboard.press('Escape');
  await expect(anna.field('store_new')).toBeVisible();
  await anna.closeSheet();

  await anna.openDetails('potatoes');
  await anna.page.getByRole('checkbox', { name: 'The market beside the church' }).check();
  await anna.look('details while shopping');
  await anna.closeSheet();
  await anna.checkbox('milk').check();
  await anna.page.locator('main').getByRole('button', { expanded: false }).first().click();
  await expect(anna.checkbox('potatoes')).toBeVisible();
  await anna.look('shopping');
  await anna.button('list_add_item').click();
  await expect(anna.addItem).toBeFocused();
  await anna.look('adding while shopping');
  await anna.page.keyboard.press('Escape');
  await anna.page.getByRole('button', { name: anna.words('shop_finish') }).click();
  await expect(anna.addItem).toBeVisible();
  await anna.openMenu('trip_title');
  await anna.sheet.locator('summary').click();
  await anna.look('past trips');
  await anna.closeSheet();
}
