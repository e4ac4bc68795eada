import { GrantRole } from '@headwater/application/access/grant-role';
import { LOCAL_PRINCIPAL } from '@headwater/application/access/principals';
import { RevokeToken } from '@headwater/application/access/revoke-token';
import { ROLES, SCOPES, type Scope } from '@headwater/domain/access/scopes';
import { NO_DOMAINS } from '../support/access.js';
import { bearer, makeToken, signIn } from '../support/callers.js';
import type { TestServer } from '../support/server.js';
import { SCOPES_OF, type Asked } from './access-table.js';

/** Somebody who knocks at every door. */
export interface Caller {
  readonly name: string;
  /** Null: nobody that is known. */
  readonly scopes: readonly Scope[] | null;
  /** A browser signs in anew each time, since an operation may sign it out. */
  headers(): Promise<Record<string, string>>;
}

const OPERATOR = { principal: LOCAL_PRINCIPAL, address: null };

/** No credentials, every kind of wrong ones, a token of each scope and of all, and a browser of each role. */
export async function everyCaller({ access, url }: TestServer): Promise<readonly Caller[]> {
  const token = async (name: string, scopes: readonly Scope[]): Promise<Caller> => {
    const { text } = await makeToken(access, { name, scopes });
    return { name: `token ${name}`, scopes, headers: () => Promise.resolve(bearer(text)) };
  };
  const nobody = (name: string, headers: Record<string, string>): Caller => ({
    name,
    scopes: null,
    headers: () => Promise.resolve(headers),
  });
  const expired = await makeToken(access, { expiresAt: access.parts.clock.now() + 300_000 });
  const revoked = await makeToken(access);
  await new RevokeToken(access.parts).execute(OPERATOR, revoked.token.id);
  const good = await makeToken(access);
  const over = await signIn(access, { id: 'user:https://id.example#over', roles: ['admin'] });
  await access.sessions.endAll('user:https://id.example#over', 'local:anyone', null);
  const browsers = ROLES.map(async (role): Promise<Caller> => {
    const id = `user:https://id.example#${role}`;
    await new GrantRole(access.parts, NO_DOMAINS).execute(OPERATOR, { subject: id, role, namespaces: null });
    const headers = async () => ({ cookie: await signIn(access, { id, roles: [] }), origin: url });
    return { name: `browser of ${role}`, scopes: SCOPES_OF[role], headers };
  });
  await new Promise((resolve) => setTimeout(resolve, 350));
  return [
    nobody('no credentials', {}),
    nobody('unknown token', bearer(`hw_000000000000_${'A'.repeat(43)}`)),
    nobody('wrong secret', bearer(`${good.text.slice(0, -4)}AAAA`)),
    nobody('expired token', bearer(expired.text)),
    nobody('revoked token', bearer(revoked.text)),
    nobody('ended session', { cookie: over, origin: url }),
    nobody('JWT where no provider is configured', bearer('eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.')),
    nobody('Basic', { authorization: `Basic ${Buffer.from(`admin:${good.text}`).toString('base64')}` }),
    ...(await Promise.all(SCOPES.map((scope) => token(scope, [scope])))),
    await token('of all scopes', SCOPES),
    { name: 'browser without a role', scopes: [], headers: async () => browserOf(access, url) },
    ...(await Promise.all(browsers)),
  ];
}

async function browserOf(access: TestServer['access'], origin: string): Promise<Record<string, string>> {
  return { cookie: await signIn(access, { id: 'user:https://id.example#none', roles: [] }), origin };
}

/** What becomes of a caller where this is asked. */
export function verdict({ scopes }: Caller, asked: Asked): 'IN' | 'UNKNOWN' | 'FORBIDDEN' {
  if (asked === 'PUBLIC') return 'IN';
  if (asked === 'OWN_PAGE') return 'FORBIDDEN';
  if (scopes === null) return 'UNKNOWN';
  return asked === 'SIGNED_IN' || asked.some((scope) => scopes.includes(scope)) ? 'IN' : 'FORBIDDEN';
}
