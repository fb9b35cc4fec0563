import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type BrowserContextOptions, type Locator, type Page } from '@playwright/test';
import { root } from '@trolley/scripts/toolchain';
import * as v from 'valibot';

export interface Visit {
  readonly newPhone: (options?: BrowserContextOptions) => Promise<Page>;
  readonly language: 'en' | 'ar';
  /** Called with every screen and every sheet as it stands. */
  readonly look: (page: Page, screen: string) => Promise<void>;
}

/** Somebody who goes through the app in a language, and finds everything by its words. */
export class Visitor {
  readonly page: Page;
  readonly #visit: Visit;
  readonly #texts: Readonly<Record<string, unknown>>;

  private constructor(page: Page, visit: Visit) {
    this.page = page;
    this.#visit = visit;
    const file: unknown = JSON.parse(readFileSync(join(root, 'web/messages', `${visit.language}.json`), 'utf8'));
    this.#texts = v.parse(v.record(v.string(), v.unknown()), file);
  }

  static async arrive(visit: Visit): Promise<Visitor> {
    return new Visitor(await visit.newPhone({ locale: visit.language, reducedMotion: 'reduce' }), visit);
  }

  /** The words of a message; whatever may stand for what is put into it. */
  words(key: string): string | RegExp {
    const text = v.parse(v.string(), this.#texts[key]);
    return text.includes('{') ? new RegExp(`^${text.replaceAll(/\{\w+\}/g, '.*')}$`) : text;
  }

  button(key: string): Locator {
    return this.page.getByRole('button', { name: this.words(key), exact: true });
  }

  field(key: string): Locator {
    return this.page.getByRole('textbox', { name: this.words(key), exact: true });
  }

  get isArabic(): boolean {
    return this.#visit.language === 'ar';
  }

  get sheet(): Locator {
    return this.page.getByRole('dialog');
  }

  get addItem(): Locator {
    return this.field('list_add_item');
  }

  checkbox(name: string): Locator {
    return this.page.getByRole('checkbox', { name, exact: true });
  }

  look(screen: string): Promise<void> {
    return this.#visit.look(this.page, screen);
  }

  /** Goes to a page by its address, until its heading is there. */
  async open(path: string): Promise<void> {
    await this.page.goto(path);
    await expect(this.page.getByRole('heading', { level: 1 })).toBeVisible();
  }

  async add(...lines: string[]): Promise<void> {
    for (const line of lines) {
      await this.addItem.fill(line);
      await this.addItem.press('Enter');
      await expect(this.addItem).toHaveValue('');
    }
  }

  async isSaved(): Promise<void> {
    await expect(this.page.getByRole('status')).toHaveText(this.words('status_saved'));
  }

  async openDetails(name: string): Promise<void> {
    await this.page.getByRole('listitem').getByText(name, { exact: true }).click();
    await expect(this.field('item_note')).toBeVisible();
  }

  /** Opens the list's menu, and what one of its entries leads to. */
  async openMenu(entry: string): Promise<void> {
    await this.button('list_menu').click();
    await this.sheet.getByRole('button', { name: this.words(entry), exact: true }).click();
  }

  async closeSheet(): Promise<void> {
    await expect(this.sheet).toHaveCount(1);
    await this.page.keyboard.press('Escape');
    await expect(this.sheet).toHaveCount(0);
  }
}
