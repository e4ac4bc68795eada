/** Whether an address that somebody sent may become a link: only where it cannot be anything but a page elsewhere. */
export function isSafeLink(url: string): boolean {
  return URL.canParse(url) && new URL(url).protocol === 'https:';
}
