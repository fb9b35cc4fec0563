/** The lines between which a script writes into a page that people write. */
const begin = (name: string) => `<!-- ${name}: written by a script, from here -->`;
const end = (name: string) => `<!-- ${name}: to here -->`;

/** The page with another text between the marks of a section. Throws where it has no such section. */
export function replaceSection(page: string, name: string, text: string): string {
  const start = page.indexOf(begin(name));
  const stop = page.indexOf(end(name));
  if (start === -1 || stop < start) throw new Error(`the page has no section "${name}"`);
  return `${page.slice(0, start)}${begin(name)}\n\n${text.trim()}\n\n${page.slice(stop)}`;
}
