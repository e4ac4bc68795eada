import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { HeadwaterError } from '@headwater/domain/errors';

// IANA special-purpose registries (RFC 6890 and its successors): addresses that are not of the public internet.
const INTERNAL = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  INTERNAL.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
  ['::', 128],
  ['::1', 128],
  ['64:ff9b::', 96],
  ['100::', 64],
  ['2001:db8::', 32],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  INTERNAL.addSubnet(network, prefix, 'ipv6');
}

/** Whether an address is not of the public internet: loopback, private, link-local, or otherwise set apart. */
export function isInternalAddress(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  const plain = mapped ?? address;
  const family = isIP(plain);
  return family === 0 || INTERNAL.check(plain, family === 4 ? 'ipv4' : 'ipv6');
}

/**
 * A fetch for what a trusted server (an OpenID provider's discovery document) tells us to call: its own origin, or https
 * at an address of the public internet. Redirects are not followed. Throws FORBIDDEN (reason SSRF) for anything else.
 */
export function guardedFetch(trusted: URL): typeof fetch {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.origin !== trusted.origin) await requirePublic(url);
    return fetch(input, { ...init, redirect: 'manual' });
  };
}

async function requirePublic(url: URL): Promise<void> {
  const refusal = new HeadwaterError('FORBIDDEN', `Requests to ${url.origin} are not made from here`, {
    reason: 'SSRF',
  });
  if (url.protocol !== 'https:') throw refusal;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = isIP(host) === 0 ? (await lookup(host, { all: true })).map(({ address }) => address) : [host];
  if (addresses.length === 0 || addresses.some(isInternalAddress)) throw refusal;
}
