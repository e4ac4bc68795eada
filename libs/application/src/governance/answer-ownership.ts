import type { Principal } from '@headwater/domain/access/principal';
import type { AssetRow } from '@headwater/domain/catalog';
import type { CatalogReader } from '@headwater/domain/catalog-reader';
import { coded, HeadwaterError } from '@headwater/domain/errors';
import { assetEditBytes, type FactEdit } from '@headwater/domain/governance/asset-edit';
import { declinedDetail } from '@headwater/domain/governance/owner-answers';
import { kindOf, respellNodeId, type NodeId } from '@headwater/domain/identifiers';
import { LATEST } from '@headwater/domain/reading/read-time';
import { nowBy } from '@headwater/domain/traversal/moment';
import { refuseFaults, textFault } from '../access/access-parts.js';
import { lacking } from '../access/lacking.js';
import { agentFault } from './check-change.js';
import type { MadeEdit } from './edit-asset.js';
import {
  editedMeanwhile,
  headOf,
  recordOnce,
  requestFaults,
  rightsOf,
  type EditPorts,
  type EditRequest,
} from './record-edit.js';

/** Who answers for what, and what is said of it. */
export interface WantedAnswer extends EditRequest {
  /** The dataset or the job, as the caller wrote it. */
  readonly on: string;
  readonly agent: NodeId;
  readonly role: string;
  /** Null: it is confirmed; else why it is declined. */
  readonly declinedFor: string | null;
}

type View = Pick<CatalogReader, 'assets' | 'effectiveOwners' | 'agentNames'>;

/** Confirms or declines that an agent answers for an asset, as an event of the log. */
export class AnswerOwnership {
  constructor(private readonly ports: EditPorts) {}

  /**
   * The edit once it is durable, and readable unless the catalog is behind. Throws INVALID_INPUT with faults, NOT_FOUND
   * (NO_SUCH_ASSET, NO_SUCH_OWNERSHIP) for what the caller does not see and for what nothing says, FORBIDDEN for who is
   * neither the agent nor may edit the asset, CONFLICT (EDITED_MEANWHILE, KEY_USED): nothing is changed then.
   */
  async execute(principal: Principal, view: View, wanted: WantedAnswer): Promise<MadeEdit> {
    const { agent, role, declinedFor } = wanted;
    refuseFaults('The ownership cannot be answered like this', [
      ...agentFault('/agent', agent),
      ...textFault('/role', role),
      ...(declinedFor === null ? [] : textFault('/why', declinedFor)),
      ...requestFaults(wanted),
    ]);
    const head = headOf(this.ports, principal, wanted);
    const row = await this.#target(view, wanted.on);
    const names = (await view.agentNames([agent], LATEST)).get(agent) ?? [agent];
    if (!principal.agents.some((own) => names.includes(own))) {
      const rights = await rightsOf(this.ports, principal).over([row]);
      if (!rights.allows(row, []))
        throw lacking(principal, `You are not known to be ${agent}, and may not ${rights.refused(row, [])}`, {
          scope: 'catalog:edit',
        });
    }
    const change: FactEdit =
      declinedFor === null
        ? { action: 'STATE', node: row.id, kind: 'CONFIRMED', value: agent, detail: role }
        : { action: 'STATE', node: row.id, kind: 'DECLINED', value: agent, detail: declinedDetail(role, declinedFor) };
    const { idempotencyKey, ...input } = wanted;
    const asked = { key: idempotencyKey, asked: ['answer', input] };
    const { verdict, ...made } = await recordOnce(this.ports, principal, asked, async () => {
      await this.#requireOwnership(view, row, { ...wanted, agent: names[0] ?? agent });
      if (head.expected !== null && head.expected !== row.editPosition)
        throw await editedMeanwhile(this.ports, row.editPosition);
      return assetEditBytes({ ...head, asset: row.id, changes: [change] });
    });
    if (verdict === 'EDIT_CONFLICT') throw await editedMeanwhile(this.ports, null);
    if (verdict !== null) throw noSuchAsset();
    return { asset: row.id, removedTags: [], ...made };
  }

  async #target(view: View, on: string): Promise<AssetRow> {
    const id = respellNodeId(on);
    const kind = id === undefined ? undefined : kindOf(id);
    if (id === undefined || (kind !== 'DATASET' && kind !== 'JOB'))
      throw new HeadwaterError('INVALID_INPUT', 'Name a dataset or a job by its id', {
        faults: [{ pointer: '/on', ...coded('NOT_AN_ID', 'must be the id of a dataset or a job', { kind: 'ASSET' }) }],
      });
    const row = (await view.assets([id], LATEST)).get(id);
    if (row === undefined) throw noSuchAsset();
    return row;
  }

  /** What is overruled is no ownership to be asked about; what was declined may be confirmed, and declined for another reason. */
  async #requireOwnership(view: View, { id }: AssetRow, { agent, role }: WantedAnswer): Promise<void> {
    const found = (await view.effectiveOwners([id], nowBy(this.ports.clock))).get(id);
    const claims = [...(found?.owners ?? []), ...(found?.declined ?? []).map(({ claim }) => claim)];
    if (claims.some((claim) => claim.agent === agent && claim.role === role)) return;
    throw new HeadwaterError('NOT_FOUND', 'Nothing says that this agent answers for it in this role', {
      reason: 'NO_SUCH_OWNERSHIP',
    });
  }
}

function noSuchAsset(): HeadwaterError {
  return new HeadwaterError('NOT_FOUND', 'There is no such asset', { reason: 'NO_SUCH_ASSET' });
}
