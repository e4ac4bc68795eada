import { expect, test } from 'vitest';
import { roleNamed } from './owner-roles.js';

test.each([
  ['owner', 'OWNER'],
  [' Owner ', 'OWNER'],
  ['Technical owner', 'TECHNICAL_OWNER'],
  ['technical-owner', 'TECHNICAL_OWNER'],
  ['TechnicalOwner', 'TECHNICAL_OWNER'],
  ['steward', 'STEWARD'],
  ['Data steward', 'Data steward'],
  ['Owners', 'Owners'],
  ['maintainer', 'maintainer'],
  ['', ''],
])('%j is the role %j', (text, role) => {
  expect(roleNamed(text)).toBe(role);
});
