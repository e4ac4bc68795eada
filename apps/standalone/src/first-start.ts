import { chmod, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import type { AccessParts } from '@headwater/application/access/access-parts';
import { CreateToken } from '@headwater/application/access/create-token';
import { START_PRINCIPAL } from '@headwater/application/access/principals';
import { MakeSignInLink } from '@headwater/application/access/sign-in-link';
import { isSameHash, parseToken, secretHash } from '@headwater/domain/access/access-token';
import { SCOPES } from '@headwater/domain/access/scopes';
import type { Config } from '@headwater/platform/config';

/** How whoever started the server comes in. */
export interface Door {
  /** Signs a browser in, once. */
  readonly link: string;
  /** Where the admin token is, or was to be. */
  readonly file: string;
  /** The token, for this process and never to be printed; null where the file could not be written. */
  readonly token: string | null;
  /** Why it could not. */
  readonly problem: string | null;
}

const FILE = 'admin-token';
const OWNER_ONLY = 0o600;

/**
 * Makes a link that signs a browser in once and, unless the data directory has one that is still good, an admin token in
 * its file `admin-token`. With a database elsewhere it does the same: each data directory has a token of its own.
 */
export async function openDoor(
  parts: AccessParts,
  config: Pick<Config, 'storage' | 'access'>,
  url: string,
): Promise<Door> {
  const code = await new MakeSignInLink(parts).execute();
  const link = `${config.access.publicUrl ?? url}/auth/link?code=${code}`;
  const { dataDir } = config.storage;
  const file = path.join(dataDir, FILE);
  try {
    const token = (await keptToken(parts, file)) ?? (await makeToken(parts, dataDir, file));
    return { link, file, token, problem: null };
  } catch (error) {
    // A container may run on a file system that takes no writes; its admins make tokens elsewhere.
    if (!(error instanceof Error && 'syscall' in error && 'code' in error)) throw error;
    return { link, file, token: null, problem: String(error.code) };
  }
}

/** What the file holds, if it is still good. */
async function keptToken({ directory, clock }: AccessParts, file: string): Promise<string | undefined> {
  const text = await readIfThere(file);
  const given = text === undefined ? undefined : parseToken(text);
  const kept = given === undefined ? undefined : await directory.token(given.id);
  if (given === undefined || kept === undefined || !isSameHash(secretHash(given.secret), kept.hash)) return undefined;
  const isOver = kept.revokedAt !== null || (kept.expiresAt ?? Infinity) <= clock.now();
  if (isOver || !kept.scopes.includes('admin')) return undefined;
  await chmod(file, OWNER_ONLY);
  return text;
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

async function makeToken(parts: AccessParts, dataDir: string, file: string): Promise<string> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const draft = `${file}.${String(process.pid)}`;
  await rm(draft, { force: true });
  // Opened before there is a token: one that nobody can read is not to be made.
  const handle = await open(draft, 'wx', OWNER_ONLY);
  try {
    const { text } = await new CreateToken(parts).execute(
      { principal: START_PRINCIPAL, address: null },
      {
        name: `${FILE} of ${hostname()}`.slice(0, 200),
        owner: 'whoever starts the server',
        scopes: SCOPES,
        writes: null,
        reads: null,
        expiresAt: null,
      },
    );
    await handle.writeFile(`${text}\n`);
    await handle.sync();
    await rename(draft, file);
    return text;
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
}
