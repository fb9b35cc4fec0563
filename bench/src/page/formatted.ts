import { format, resolveConfig } from 'prettier';

/** A file's text as Prettier has it. `path` says what it is. */
export async function formatted(path: string, text: string): Promise<string> {
  return format(text, { ...(await resolveConfig(path)), filepath: path });
}
