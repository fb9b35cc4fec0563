import { networkInterfaces } from 'node:os';
import { renderUnicodeCompact } from 'uqr';

/** Addresses of this machine by which a phone on the same network reaches it. */
function lanAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter((address) => address.family === 'IPv4' && !address.internal)
    .map((address) => address.address);
}

/** What is printed once the server listens: where to open it here, where on a phone, and the latter as a QR code. */
export function readyMessage(options: { host: string; port: number; publicUrl: string | null }): string {
  const { host, port, publicUrl } = options;
  const isOnAllInterfaces = host === '0.0.0.0' || host === '::';
  const local = `http://${isOnAllInterfaces ? 'localhost' : host}:${String(port)}`;
  const lan = isOnAllInterfaces ? lanAddresses().map((address) => `http://${address}:${String(port)}`) : [];
  const phone = publicUrl ?? lan[0];
  return [
    '',
    '  Trolley is ready.',
    '',
    `  On this machine   ${local}`,
    ...lan.map((address) => `  On your network   ${address}`),
    ...(publicUrl === null ? [] : [`  Everywhere        ${publicUrl}`]),
    '',
    ...(phone === undefined ? [] : [indent(renderUnicodeCompact(phone)), '', `  Scan it with a phone: ${phone}`, '']),
  ].join('\n');
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, '  ');
}
