import { Principal, type Standing } from '@headwater/domain/access/principal';
import type { Clock } from '@headwater/domain/ports';
import type { AccessDirectory } from './access-directory.js';
import { grantsOf, LOCAL_PRINCIPAL, principalOfToken } from './principals.js';

const TOKEN = 'token:';
const NOTHING = { kind: 'USER', name: '', grants: [] } as const;

/** What somebody who asked for work that goes on may do by now. */
export class CurrentRights {
  constructor(
    private readonly directory: Pick<AccessDirectory, 'token' | 'bindings'>,
    private readonly clock: Clock,
  ) {}

  /**
   * `id` as {@link Principal.id}, `standing` as it was when they asked. A token that was revoked or expired may do nothing;
   * of somebody who signed in what the provider said then holds, and roles are those that are bound now. Null where that
   * cannot be told. Throws UNAVAILABLE while roles cannot be read.
   */
  async of(id: string, standing: Standing | null): Promise<Principal | null> {
    if (id.startsWith('local:') && standing === null) return LOCAL_PRINCIPAL;
    if (id.startsWith(TOKEN)) {
      const token = await this.directory.token(id.slice(TOKEN.length));
      const isOver =
        token === undefined ||
        token.revokedAt !== null ||
        (token.expiresAt !== null && token.expiresAt <= this.clock.now());
      return isOver ? new Principal({ ...NOTHING, id }) : principalOfToken(token, await this.directory.bindings([id]));
    }
    if (standing === null) return null;
    const bindings = await this.directory.bindings(standing.subjects);
    return new Principal({ ...NOTHING, id, grants: [...standing.own, ...bindings.flatMap(grantsOf)] });
  }
}
