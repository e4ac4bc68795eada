import type { Principal } from '@headwater/domain/access/principal';
import { HeadwaterError } from '@headwater/domain/errors';
import { ownersBatchBytes, type OwnersWrite } from '@headwater/domain/governance/owners-batch';
import { requireWhole } from '../record-definition.js';
import { editedMeanwhile, headOf, recordEdit, type EditPorts, type EditRequest } from '../record-edit.js';

/** Changes who answers by rules, domains, data products and teams, in one edit of the log. */
export class HandOverDefinitions {
  constructor(private readonly ports: EditPorts) {}

  /** The edit that says so; null where nothing is to be changed. Throws FORBIDDEN for who may see or edit a part of the catalog only. */
  prepare(principal: Principal, writes: readonly OwnersWrite[], request: EditRequest): Uint8Array | null {
    if (writes.length === 0) return null;
    this.#requireWhole(principal);
    const head = headOf(this.ports, principal, { ...request, expectedVersion: null });
    return ownersBatchBytes({ ...head, writes });
  }

  /**
   * Makes what {@link prepare} gave, once however often it is called. Throws as that does, and CONFLICT (EDITED_MEANWHILE)
   * where one of them is another by now: nothing is changed then. UNAVAILABLE (PROJECTION_BEHIND) where that is not known yet.
   */
  async execute(principal: Principal, bytes: Uint8Array): Promise<void> {
    this.#requireWhole(principal);
    const { verdict, isReadable } = await recordEdit(this.ports, bytes);
    if (verdict !== null) throw await editedMeanwhile(this.ports, null);
    if (isReadable) return;
    throw new HeadwaterError('UNAVAILABLE', 'owners of definitions were sent, and are not readable yet', {
      reason: 'PROJECTION_BEHIND',
      retryAfterS: 5,
      publicMessage:
        'The ownership rules, domains, data products and teams were sent, and the catalog is too far behind to say whether they hold. No asset was handed over: try again shortly.',
    });
  }

  #requireWhole(principal: Principal): void {
    requireWhole(principal, 'Ownership rules, domains, data products and teams');
  }
}
