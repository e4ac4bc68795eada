import type { Principal } from '@headwater/domain/access/principal';
import { HeadwaterError } from '@headwater/domain/errors';
import { ownersBatchBytes, type OwnersWrite } from '@headwater/domain/governance/owners-batch';
import { requireWhole } from '../record-definition.js';
import { editedMeanwhile, headOf, recordEdit, type EditPorts, type EditRequest } from '../record-edit.js';

/** Changes who answers by rules, domains, data products and teams, in one edit of the log. */
export class HandOverDefinitions {
  constructor(private readonly ports: EditPorts) {}

  /**
   * Throws FORBIDDEN for who may see or edit a part of the catalog only, CONFLICT (EDITED_MEANWHILE) where one of them is
   * another by now: nothing is changed then. UNAVAILABLE (PROJECTION_BEHIND) where that is not known yet.
   */
  async execute(principal: Principal, writes: readonly OwnersWrite[], request: EditRequest): Promise<void> {
    if (writes.length === 0) return;
    requireWhole(principal, 'Ownership rules, domains, data products and teams');
    const head = headOf(this.ports, principal, { ...request, expectedVersion: null });
    const { verdict, isReadable } = await recordEdit(this.ports, ownersBatchBytes({ ...head, writes }));
    if (verdict !== null) throw await editedMeanwhile(this.ports, null);
    if (isReadable) return;
    throw new HeadwaterError('UNAVAILABLE', 'owners of definitions were sent, and are not readable yet', {
      reason: 'PROJECTION_BEHIND',
      retryAfterS: 5,
      publicMessage:
        'The ownership rules, domains, data products and teams were sent, and the catalog is too far behind to say whether they hold. No asset was handed over: try again shortly.',
    });
  }
}
