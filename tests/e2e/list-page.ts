import { expect, type Locator, type Page } from '@playwright/test';

/** What a person does on a list's screen, by the names that they see and hear. */
export class ListPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get chip(): Locator {
    return this.page.getByRole('status');
  }

  /** Colour and picture of the list. */
  get badge(): Locator {
    return this.page.getByRole('banner').locator('[data-list-color]');
  }

  async openMenu(entry: string): Promise<void> {
    await this.page.getByRole('button', { name: 'More', exact: true }).click();
    await this.page.getByRole('dialog').getByRole('button', { name: entry }).click();
  }

  /** To the first screen, by the app's own way. */
  async goHome(): Promise<void> {
    await this.page.getByRole('link', { name: 'Your lists' }).click();
    await expect(this.page).toHaveURL('/');
    await expect(this.page.getByRole('button', { name: 'New list' })).toBeVisible();
  }

  async rename(title: string): Promise<void> {
    await this.page.getByRole('heading', { level: 1 }).getByRole('button').click();
    await this.page.getByRole('textbox', { name: 'List name' }).fill(title);
    await this.page.keyboard.press('Enter');
    await expect(this.page.getByRole('heading', { name: title })).toBeVisible();
  }

  get rows(): Locator {
    return this.page.getByRole('listitem').filter({ has: this.page.getByRole('checkbox') });
  }

  get hereNow(): Locator {
    return this.page.getByRole('list', { name: 'Here now' }).getByRole('listitem');
  }

  row(name: string): Locator {
    return this.page.getByRole('listitem').filter({ has: this.checkbox(name) });
  }

  checkbox(name: string): Locator {
    return this.page.getByRole('checkbox', { name, exact: true });
  }

  /** Begins a list on the first screen. */
  async begin(): Promise<void> {
    await this.page.goto('/');
    await this.page.getByRole('button', { name: 'New list' }).click();
    const make = this.page.getByRole('button', { name: 'Make the list' });
    await expect(make.or(this.addItem)).toBeVisible();
    if (await make.isVisible()) await make.click();
    await expect(this.addItem).toBeVisible();
  }

  get addItem(): Locator {
    return this.page.getByRole('textbox', { name: 'Add item' });
  }

  /** A chip above the add bar. */
  suggestion(name: string): Locator {
    return this.page
      .getByRole('list', { name: 'Suggestions' })
      .getByRole('button', { name: `Add ${name}`, exact: true });
  }

  /** An aisle of the list, with what is to buy there. */
  section(name: string): Locator {
    return this.page.locator('section').filter({ has: this.page.getByRole('heading', { name }) });
  }

  async add(...lines: string[]): Promise<void> {
    for (const line of lines) {
      await this.addItem.fill(line);
      await this.addItem.press('Enter');
      await expect(this.addItem).toHaveValue('');
    }
  }

  async tick(name: string): Promise<void> {
    await this.checkbox(name).check();
  }

  /** Takes the network away once the phone has all of the app. */
  async goOffline(): Promise<void> {
    await this.page.evaluate(() => navigator.serviceWorker.ready);
    await this.page.context().setOffline(true);
  }

  async openDetails(name: string): Promise<void> {
    await this.row(name).getByText(name, { exact: true }).click();
    await expect(this.page.getByRole('textbox', { name: 'Note' })).toBeVisible();
  }

  async setDetail(field: 'Quantity' | 'Note', value: string): Promise<void> {
    await this.page.getByRole('textbox', { name: field }).fill(value);
    await this.page.keyboard.press('Escape');
    await expect(this.page.getByRole('textbox', { name: 'Note' })).toBeHidden();
  }

  async isSaved(): Promise<void> {
    await expect(this.chip).toHaveText(/^Saved/);
  }

  /** The path of a fresh invite, as the share dialog shows it. */
  async invite(role: 'edit' | 'look' = 'edit'): Promise<string> {
    await this.page.getByRole('button', { name: 'Share' }).click();
    if (role === 'look') await this.page.getByRole('radio', { name: /look/i }).check();
    const link = this.page.locator('a[href*="/join/"]');
    await expect(link).toBeVisible();
    const address = await link.getAttribute('href');
    await this.page.keyboard.press('Escape');
    return new URL(address ?? '', this.page.url()).pathname;
  }

  async join(path: string, name: string): Promise<void> {
    await this.page.goto(path);
    await this.page.getByRole('textbox', { name: 'Your name' }).fill(name);
    await this.page.getByRole('button', { name: 'Join' }).click();
    await expect(this.page).toHaveURL(/\/lists\//);
    await expect(this.chip).toBeVisible();
  }

  /** Ticks, names and amounts, to compare two phones by. Who added a thing is left out: each phone says it of the others only. */
  async contents(): Promise<string[]> {
    const rows = await this.rows.evaluateAll((elements) =>
      elements.map((element) => {
        const box = element.querySelector('input[type=checkbox]');
        const isTicked = box instanceof HTMLInputElement && box.checked;
        const amount = element.querySelector('.amount')?.textContent ?? '';
        return `${isTicked ? '[x]' : '[ ]'} ${box?.getAttribute('aria-label') ?? ''} ${amount}`.trim();
      }),
    );
    return rows.sort();
  }
}
