import { CreateToken, type CreatedToken, type NewToken } from '@headwater/application/access/create-token';
import { LOCAL_PRINCIPAL } from '@headwater/application/access/principals';
import { SCOPES } from '@headwater/domain/access/scopes';
import type { AccessServices } from '@headwater/platform/access/access-services';

/** Makes a token as the operator of the machine would; every scope and no limit unless told otherwise. */
export function makeToken(access: AccessServices, token: Partial<NewToken> = {}): Promise<CreatedToken> {
  const asker = { principal: LOCAL_PRINCIPAL, address: null };
  const wanted = { name: 'test', owner: 'tests', scopes: SCOPES, writes: null, reads: null, expiresAt: null, ...token };
  return new CreateToken(access.parts).execute(asker, wanted);
}

export function bearer(text: string): { readonly authorization: string } {
  return { authorization: `Bearer ${text}` };
}

/** Signs a browser in as somebody; the answer is the Cookie header that it sends from then on. */
export async function signIn(
  access: AccessServices,
  user: { readonly id: string; readonly roles: readonly ('admin' | 'viewer')[] },
): Promise<string> {
  const value = await access.sessions.start({
    user: { name: user.id, email: null, groups: [], token: null, ...user },
    method: 'OIDC',
    address: '127.0.0.1',
  });
  return `headwater=${value}`;
}

/** Asks again until the answer is right, for at most `timeoutMs`; else fails with the last answer. */
export async function eventually<T>(
  look: () => Promise<T>,
  isRight: (seen: T) => boolean,
  timeoutMs = 8_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const seen = await look();
    if (isRight(seen)) return seen;
    if (Date.now() > deadline) throw new Error(`not within ${String(timeoutMs)} ms: ${JSON.stringify(seen)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
