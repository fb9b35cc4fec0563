import { readFileSync, writeFileSync } from 'node:fs';
import { formatted } from './formatted.ts';
import { replaceSection } from './section.ts';

/** A page that people write, with one section that a script does. */
export interface Page {
  readonly path: string;
  readonly section: string;
}

/** The page as it is with this text in its section. */
export async function renderPage({ path, section }: Page, text: string): Promise<string> {
  return formatted(path, replaceSection(readFileSync(path, 'utf8'), section, text));
}

/** Puts this text into the page's section. */
export async function writePage(page: Page, text: string): Promise<void> {
  writeFileSync(page.path, await renderPage(page, text));
}
