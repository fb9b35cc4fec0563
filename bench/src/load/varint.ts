/** A number as lib0, the encoding beneath Yjs' protocols, writes it: seven bits a byte, the lowest first. */
function encodeVarUint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 0x7f) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  bytes.push(rest);
  return Uint8Array.from(bytes);
}

/** Bytes behind their length. */
export function encodeVarBytes(bytes: Uint8Array): Uint8Array {
  return Buffer.concat([encodeVarUint(bytes.length), bytes]);
}

/** UTF-8 behind its length. */
export function encodeVarString(text: string): Uint8Array {
  return encodeVarBytes(Buffer.from(text));
}
