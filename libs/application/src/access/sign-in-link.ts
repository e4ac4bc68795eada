import type { AccessStore, SessionUser } from '@headwater/domain/access/access-store';
import type { Clock, IdSource } from '@headwater/domain/ports';
import { MICROS_PER_HOUR, type Micros } from '@headwater/domain/time';
import { browserSecretHash } from './sessions.js';

/** For so long a link signs in, once. */
export const LINK_LIFETIME: Micros = MICROS_PER_HOUR;
const CODE = /^[A-Za-z0-9_-]{43}$/;

/** Whoever follows a link that a start printed: only those who may see the output of the process can. */
export const LINK_USER: SessionUser = {
  id: 'local:admin',
  name: 'local admin',
  email: null,
  groups: [],
  roles: ['admin'],
  token: null,
};

export interface SignInLinkParts {
  readonly store: Pick<AccessStore, 'addLink'>;
  readonly clock: Clock;
  readonly ids: IdSource;
}

/** Makes the code of a link that signs a browser in once, as {@link LINK_USER}. Its hash is kept, the code itself is not. */
export class MakeSignInLink {
  constructor(private readonly parts: SignInLinkParts) {}

  async execute(): Promise<string> {
    const { store, clock, ids } = this.parts;
    const code = Buffer.from(ids.bytes(32)).toString('base64url');
    await store.addLink(browserSecretHash(code), clock.now() + LINK_LIFETIME);
    return code;
  }
}

/** What a code is kept as; undefined for a text that cannot be one. */
export function linkHashOf(code: unknown): string | undefined {
  return typeof code === 'string' && CODE.test(code) ? browserSecretHash(code) : undefined;
}
