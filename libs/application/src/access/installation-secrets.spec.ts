import { NOW, SECOND } from '@headwater/store-contract/access-store/access-case';
import {
  CountingIds,
  ManualClock,
  UnsteadyAccessStore,
} from '@headwater/store-contract/access-store/unsteady-access-store';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AccessDirectory } from './access-directory.js';
import type { AccessParts } from './access-parts.js';
import { InstallationSecrets } from './installation-secrets.js';
import { LOCAL_PRINCIPAL } from './principals.js';
import { RotateSecret } from './rotate-secret.js';

const ASKER = { principal: LOCAL_PRINCIPAL, address: null };

let clock: ManualClock;
let store: UnsteadyAccessStore;
let parts: AccessParts;
let secrets: InstallationSecrets;

beforeEach(() => {
  clock = new ManualClock(NOW);
  store = new UnsteadyAccessStore(clock);
  parts = { store, directory: new AccessDirectory(store, clock), clock, ids: new CountingIds() };
  secrets = new InstallationSecrets(parts);
});
afterEach(() => {
  parts.directory.close();
});

const rotate = (overlap: number) => new RotateSecret(parts).execute(ASKER, 'sign-in', overlap);
const noticed = () => new Promise((resolve) => setImmediate(resolve));

test('a rotation is seen at once where its notice comes, and within seconds where it was lost', async () => {
  const first = await secrets.of('sign-in');
  expect(await rotate(60 * SECOND)).toBe(NOW + 60 * SECOND);
  await noticed();
  const second = await secrets.of('sign-in');
  expect(second.previous).toEqual(first.value);
  store.isSilent = true;
  await rotate(60 * SECOND);
  await noticed();
  expect(await secrets.of('sign-in')).toEqual(second);
  clock.at += 3 * SECOND;
  expect((await secrets.of('sign-in')).previous).toEqual(second.value);
});

test('the old one is over with the overlap', async () => {
  await secrets.of('sign-in');
  await rotate(60 * SECOND);
  clock.at += 60 * SECOND;
  expect((await secrets.of('sign-in')).previous).toBeNull();
  for (const overlap of [-1, 31 * 24 * 3_600 * SECOND, Number.NaN]) {
    await expect(rotate(overlap)).rejects.toMatchObject({ category: 'INVALID_INPUT', reason: 'OVERLAP' });
  }
});

test('a secret that could not be read is asked for again', async () => {
  store.isAway = true;
  await expect(secrets.of('hidden-ids')).rejects.toMatchObject({ category: 'UNAVAILABLE' });
  store.isAway = false;
  expect((await secrets.of('hidden-ids')).value).toHaveLength(32);
});
