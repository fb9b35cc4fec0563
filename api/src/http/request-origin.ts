/** What decides whether a browser sent a request from our own pages. */
export interface OriginEvidence {
  method: string;
  /** The request's URL as this process sees it. */
  url: string;
  /** Where people reach us when a proxy stands before us; null when they talk to this process. */
  publicUrl: string | null;
  header(name: 'authorization' | 'cookie' | 'origin' | 'sec-fetch-site'): string | null;
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a request may change something as far as its origin goes. A foreign page can make a browser send our cookie, but can neither read
 * our answers nor set an Authorization header; so reading and bearer requests pass. Everything else that carries a cookie, or any sign of a
 * browser, must come from one of our own pages.
 */
export function isFromOurselves(evidence: OriginEvidence): boolean {
  if (safeMethods.has(evidence.method)) return true;
  if (/^bearer /i.test(evidence.header('authorization') ?? '')) return true;
  const origin = evidence.header('origin');
  const site = evidence.header('sec-fetch-site');
  if (origin === null && site === null) return evidence.header('cookie') === null;
  return site === 'same-origin' || (site === null && origin === ownOrigin(evidence));
}

/** Scheme, host and port that our pages have: the public URL's, else the one that this request asked for. */
export function ownOrigin(evidence: Pick<OriginEvidence, 'url' | 'publicUrl'>): string {
  return new URL(evidence.publicUrl ?? evidence.url).origin;
}
