import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Demands that axe finds nothing on what is on the screen now, by all its rules or only by those that look at colours. */
export async function expectAccessible(page: Page, rules: 'all' | 'colors' = 'all'): Promise<void> {
  const axe = new AxeBuilder({ page });
  if (rules === 'colors') axe.withRules(['color-contrast', 'link-in-text-block']);
  // Without frames there is nothing to put together, for which it would open a page of its own each time.
  const { violations } = await axe.setLegacyMode().analyze();
  expect.soft(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
}
