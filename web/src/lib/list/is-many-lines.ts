/** Whether a text that is pasted is more than one line to add. */
export function isManyLines(text: string): boolean {
  return /[\n\r\u2028\u2029]/u.test(text.trim());
}
