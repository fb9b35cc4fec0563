/** Whether this browser has passkeys: not over plain http, and not on an address without a name. */
export function canUsePasskeys(): boolean {
  const isAddress = /^[\d.]+$|^\[/.test(location.hostname);
  return window.isSecureContext && !isAddress && 'PublicKeyCredential' in window;
}
