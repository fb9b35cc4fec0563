/**
 * Whether a page of this origin may connect: one of the public URL, or of the host that it asked for. A client that sends no origin is no
 * browser, and brings no cookie that somebody else could have made it send.
 */
export function isSameOrigin(origin: string | undefined, host: string | undefined, publicUrl: string | null): boolean {
  if (origin === undefined || origin === publicUrl) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}
