/** A module of which a part, or all, never runs here, and what stands in its place. */
export interface Replacement {
  /** End of the module's path. */
  readonly path: string;
  readonly replace: (source: string) => string;
}

/** What the pattern matches. Throws when it is not found, so that a new version of a library which has moved it fails the build. */
export function found(source: string, pattern: RegExp): string {
  const match = pattern.exec(source)?.[0];
  if (match === undefined) throw new Error(`leave-out: ${pattern.source} is not in the module any more`);
  return match;
}

/** The source with `by` in the place of what the pattern matches. Throws as `found`. */
export function replaceFound(source: string, pattern: RegExp, by: string): string {
  found(source, pattern);
  return source.replace(pattern, by);
}

/** Takes methods out of a class that is indented by four spaces. Throws as `found`. */
export function withoutMethods(source: string, names: readonly string[]): string {
  return names.reduce(
    (rest, name) => replaceFound(rest, new RegExp(`^ {4}${name}\\([^)]*\\) \\{\\n[^]*?^ {4}\\}\\n`, 'm'), ''),
    source,
  );
}
