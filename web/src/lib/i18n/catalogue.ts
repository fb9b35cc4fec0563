/** All texts of a language by key, and those of a plural by their path in the file: `home_waiting/0/match/form=one`. */
export type Catalogue = ReadonlyMap<string, string>;

/** The path of a text that has a form for each kind of number, in inlang's message format. */
export function pluralPath(key: string, form: string): string {
  return `${key}/0/match/form=${form}`;
}

/**
 * Reads a file of `messages/`, in which everything is a string at the end of some path. Throws when it is something else. By hand: a schema of
 * files that are as free as these is larger than the code that reads them.
 */
export function parseCatalogue(file: unknown): Catalogue {
  const texts = new Map<string, string>();
  const collect = (prefix: string, value: unknown) => {
    if (typeof value !== 'object' || value === null) throw new TypeError('The file holds no texts.');
    for (const [name, inner] of Object.entries(value)) {
      if (typeof inner === 'string') texts.set(prefix + name, inner);
      else collect(`${prefix}${name}/`, inner);
    }
  };
  collect('', file);
  return texts;
}
