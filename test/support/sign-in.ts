import { CreateToken } from '@headwater/application/access/create-token';
import { START_PRINCIPAL } from '@headwater/application/access/principals';
import type { Scope } from '@headwater/domain/access/scopes';
import type { Browser } from './browser.js';
import type { TestServer } from './server.js';

/** Whoever makes tokens and grants roles in tests. */
export const ASKER = { principal: START_PRINCIPAL, address: null };

export async function makeToken(
  { access }: Pick<TestServer, 'access'>,
  scopes: readonly Scope[] = ['admin', 'catalog:read'],
): Promise<{ readonly id: string; readonly text: string }> {
  const wanted = { name: 'of a test', owner: 'tests', scopes, writes: null, reads: null, expiresAt: null };
  const { token, text } = await new CreateToken(access.parts).execute(ASKER, wanted);
  return { id: token.id, text };
}

/** The status that a page gets which asks with the browser's cookie; one of the server's own unless the headers say else. */
export async function askAsPage(
  url: string,
  browser: Browser,
  headers: Readonly<Record<string, string>> = { origin: url },
): Promise<number> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: browser.cookieHeader(url), ...headers },
    body: JSON.stringify({ query: '{ __typename }' }),
  });
  return response.status;
}

/** Lines of the audit of one type, the oldest first. */
export async function audited(
  { access, pool }: Pick<TestServer, 'access' | 'pool'>,
  type: string,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  await access.refusals.flush();
  const { rows } = await pool.query<{ actor: string | null; address: string; detail: Record<string, unknown> }>(
    'SELECT actor, address, detail FROM access_event WHERE type = $1 ORDER BY position',
    [type],
  );
  return rows.map(({ actor, address, detail }) => ({ actor, address, ...detail }));
}

export const countOf = async (server: TestServer, reason: string): Promise<number> =>
  (await audited(server, 'REFUSED')).filter((line) => line['reason'] === reason).length;
