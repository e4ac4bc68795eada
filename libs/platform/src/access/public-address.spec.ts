import { expect, test } from 'vitest';
import { isPublicAddress } from './public-address.js';

test.each([
  ['this network', '0.0.0.0', '0.255.255.255'],
  ['private use', '10.0.0.0', '10.255.255.255'],
  ['shared by a carrier', '100.64.0.0', '100.127.255.255'],
  ['loopback', '127.0.0.0', '127.255.255.255'],
  ['link-local, with the metadata of clouds', '169.254.0.0', '169.254.169.254'],
  ['private use', '172.16.0.0', '172.31.255.255'],
  ['protocol assignments', '192.0.0.0', '192.0.0.255'],
  ['documentation', '192.0.2.0', '192.0.2.255'],
  ['6to4 relays', '192.88.99.0', '192.88.99.255'],
  ['private use', '192.168.0.0', '192.168.255.255'],
  ['benchmarks', '198.18.0.0', '198.19.255.255'],
  ['documentation', '198.51.100.0', '198.51.100.255'],
  ['documentation', '203.0.113.0', '203.0.113.255'],
  ['multicast', '224.0.0.0', '239.255.255.255'],
  ['reserved, and broadcast', '240.0.0.0', '255.255.255.255'],
  ['unspecified and loopback', '::', '::1'],
  ['IPv4-mapped loopback', '::ffff:127.0.0.1', '::ffff:7f00:1'],
  ['IPv4-mapped public', '::ffff:8.8.8.8', '::ffff:808:808'],
  ['IPv4-compatible', '::127.0.0.1', '::8.8.8.8'],
  ['NAT64', '64:ff9b::7f00:1', '64:ff9b:1::1'],
  ['discard', '100::', '100::ffff:ffff:ffff:ffff'],
  ['protocol assignments and Teredo', '2001::1', '2001:1ff:ffff::1'],
  ['documentation', '2001:db8::1', '3fff:fff::1'],
  ['6to4', '2002:7f00:1::', '2002:ffff::1'],
  ['segment routing', '5f00::1', '5f00:ffff::1'],
  ['unique local', 'fc00::1', 'fdff:ffff::1'],
  ['link-local', 'fe80::1', 'fe80::1%eth0'],
  ['site-local', 'fec0::1', 'feff::1'],
  ['multicast', 'ff00::1', 'ff02::1'],
  ['no address', 'localhost', ''],
])('%s is not public: %s, %s', (_, first, last) => {
  expect([isPublicAddress(first), isPublicAddress(last)]).toEqual([false, false]);
});

test.each(['8.8.8.8', '1.1.1.1', '172.15.255.255', '172.32.0.0', '100.63.255.255', '223.255.255.255'])(
  '%s is public',
  (address) => {
    expect(isPublicAddress(address)).toBe(true);
  },
);

test.each(['2606:4700:4700::1111', '2001:4860:4860::8888', '2a00:1450::1'])('%s is public', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});
