const sign = '~'.charCodeAt(0);
const digits = 6;
const zero = '0'.charCodeAt(0);

/** What an edit's text carries, so that whoever gets it, in whatever wrapping, knows which one it is. From 0 to 999,999. */
export function marker(number: number): string {
  return `~${String(number).padStart(digits, '0')}`;
}

/** The markers in a message. Servers may merge edits: then there are several. */
export function findMarkers(bytes: Buffer): number[] {
  const found: number[] = [];
  for (let at = bytes.indexOf(sign); at !== -1; at = bytes.indexOf(sign, at + 1)) {
    const number = readDigits(bytes, at + 1);
    if (number !== null) found.push(number);
  }
  return found;
}

function readDigits(bytes: Buffer, start: number): number | null {
  let number = 0;
  for (let at = start; at < start + digits; at += 1) {
    const digit = (bytes[at] ?? 0) - zero;
    if (digit < 0 || digit > 9) return null;
    number = number * 10 + digit;
  }
  return number;
}
