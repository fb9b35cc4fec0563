/** A link as a code to scan: the address of an SVG image. The library comes when it is first needed. */
export async function qrImage(url: string): Promise<string> {
  const { renderSVG } = await import('uqr');
  return `data:image/svg+xml,${encodeURIComponent(renderSVG(url, { border: 2 }))}`;
}
