import type { BindingRow } from '@headwater/domain/access/access-store';
import { HeadwaterError } from '@headwater/domain/errors';
import { recordChange, type AccessParts, type Asker } from './access-parts.js';

/** Takes a role binding away, everywhere within seconds. */
export class WithdrawRole {
  constructor(private readonly parts: AccessParts) {}

  /** Throws CONFLICT (NO_SUCH_BINDING). */
  async execute(asker: Asker, id: string): Promise<BindingRow> {
    const { bindings } = await this.parts.store.state();
    const binding = bindings.find((held) => held.id === id);
    if (binding === undefined) {
      throw new HeadwaterError('CONFLICT', 'There is no such role binding (any more).', { reason: 'NO_SUCH_BINDING' });
    }
    const { subject, role, namespaces, domain } = binding;
    const said = { binding: id, subject, role, namespaces, ...(domain === null ? {} : { domain }) };
    const detail = { type: 'ROLE_WITHDRAWN', ...said } as const;
    await recordChange(this.parts, asker, detail, [{ kind: 'REMOVE_BINDING', id }], { type: 'BINDING', binding });
    return binding;
  }
}
