import { createHash } from 'node:crypto';
import type { Principal } from '@headwater/domain/access/principal';
import type { AssetRow } from '@headwater/domain/catalog';
import { LATEST, type CatalogReader } from '@headwater/domain/catalog-reader';
import { HeadwaterError } from '@headwater/domain/errors';
import { assetEditBytes, readAssetEdit, type FactEdit } from '@headwater/domain/governance/asset-edit';
import { datasetOf, kindOf, respellNodeId, type NodeId } from '@headwater/domain/identifiers';
import type { Clock, EventLog, IdSource } from '@headwater/domain/ports';
import { formatPosition, parsePosition } from '@headwater/domain/position';
import { CLOCK_TOLERANCE } from '@headwater/domain/traversal/moment';
import { lacking } from '../access/lacking.js';
import { refuseFaults, textFault } from '../access/access-parts.js';
import type { AwaitPosition } from '../status/await-position.js';
import { checkChange } from './check-change.js';

export interface WantedEdit {
  /** The asset, or a field of it, as the caller wrote it. */
  readonly on: string;
  readonly change: Pick<FactEdit, 'action' | 'kind' | 'value' | 'detail'>;
  readonly reason: string | null;
  /** A position that `Asset.editVersion` gave; null: whatever was edited meanwhile. */
  readonly expectedVersion: string | null;
  readonly idempotencyKey: string | null;
}

export interface MadeEdit {
  readonly asset: NodeId;
  /** Where it is in the log. */
  readonly position: number;
  /** False where the catalog did not take it in within the time that a query waits: it is kept, and will show. */
  readonly isReadable: boolean;
}

export interface EditAssetPorts {
  readonly log: Pick<EventLog, 'append' | 'read' | 'logId'>;
  readonly catalog: Pick<CatalogReader, 'findingsOfEvents'>;
  readonly awaitPosition: Pick<AwaitPosition, 'execute'>;
  readonly clock: Clock;
  readonly ids: IdSource;
}

type View = Pick<CatalogReader, 'assets' | 'fields' | 'facts'>;

/** Enters a fact about an asset or a field, or takes one away, as an event of the log. */
export class EditAsset {
  constructor(private readonly ports: EditAssetPorts) {}

  /**
   * The edit once it is durable, and readable unless the catalog is behind. `view` is the catalog as the caller sees it.
   * Throws INVALID_INPUT with faults, NOT_FOUND for what the caller does not see, FORBIDDEN for a namespace that it may
   * not edit, CONFLICT (EDITED_MEANWHILE) where `expectedVersion` is not the latest any more: nothing is changed then.
   */
  async execute(principal: Principal, view: View, wanted: WantedEdit): Promise<MadeEdit> {
    const { change, reason, idempotencyKey } = wanted;
    refuseFaults('The edit cannot be made like this', [
      ...checkChange(change),
      ...(reason === null ? [] : textFault('/reason', reason)),
      ...(idempotencyKey === null ? [] : textFault('/idempotencyKey', idempotencyKey)),
    ]);
    const expected =
      wanted.expectedVersion === null ? null : parsePosition(this.ports.log.logId, wanted.expectedVersion);
    const { row, node } = await this.#target(view, wanted.on);
    if (node !== row.id && change.kind !== 'TAG')
      refuseFaults('The edit cannot be made like this', [
        { pointer: '/on', detail: 'must be the id of a dataset or a job: of a field only tags are entered' },
      ]);
    if (!principal.where('catalog:edit').allows(row.namespace))
      throw lacking(principal, `You may not edit what is in the namespace ${row.namespace}`, {
        scope: 'catalog:edit',
      });
    // A request sent again may be the one that moved it: the log tells.
    const isOverdue = expected !== null && expected !== row.editPosition && idempotencyKey === null;
    if (isOverdue) throw await this.#conflict(row.editPosition);
    const bytes = assetEditBytes({
      id: idOf(principal, idempotencyKey, this.ports.ids),
      by: { id: principal.id, name: principal.name },
      reason,
      asset: row.id,
      expected,
      changes: await changesOf(view, row, node, change, this.ports.clock),
    });
    const receivedAt = this.ports.clock.now();
    const [appended] = await this.ports.log.append([{ kind: 'EDIT', bytes, receivedAt }]);
    if (appended === undefined) throw new HeadwaterError('INTERNAL', 'the log took an edit and gave it no position');
    return this.#outcome(row.id, appended.position);
  }

  async #target(view: View, on: string): Promise<{ readonly row: AssetRow; readonly node: NodeId }> {
    const id = respellNodeId(on);
    const kind = id === undefined ? undefined : kindOf(id);
    if (id === undefined || (kind !== 'DATASET' && kind !== 'JOB' && kind !== 'FIELD'))
      throw new HeadwaterError('INVALID_INPUT', 'Name a dataset, a job or a field by its id', {
        faults: [{ pointer: '/on', detail: 'must be the id of a dataset, a job or a field' }],
      });
    const field = kind === 'FIELD' ? (await view.fields([id])).get(id) : undefined;
    if (kind === 'FIELD' && (field === undefined || field.deletedAt !== null))
      throw new HeadwaterError('NOT_FOUND', 'There is no such field any more', { reason: 'NO_SUCH_FIELD' });
    const asked = field === undefined ? id : datasetOf(field.id);
    const row = (await view.assets([asked], LATEST)).get(asked);
    if (row === undefined) throw noSuchAsset();
    return { row, node: field?.id ?? row.id };
  }

  /** What became of an edit that is in the log: the projection decides, in the order of the log. */
  async #outcome(asset: NodeId, position: number): Promise<MadeEdit> {
    try {
      await this.ports.awaitPosition.execute(formatPosition(this.ports.log.logId, position), 'CATALOG');
    } catch (error) {
      if (error instanceof HeadwaterError && error.reason === 'PROJECTION_BEHIND')
        return { asset, position, isReadable: false };
      throw error;
    }
    const findings = (await this.ports.catalog.findingsOfEvents([position])).get(position) ?? [];
    if (findings.some(({ code }) => code === 'EDIT_CONFLICT')) throw await this.#conflict(null);
    if (findings.some(({ code }) => code === 'EDIT_OF_UNKNOWN')) throw noSuchAsset();
    return { asset, position, isReadable: true };
  }

  /** Says who edited it meanwhile, where that is known. */
  async #conflict(latest: number | null): Promise<HeadwaterError> {
    const [stored] = latest === null || latest === 0 ? [] : await this.ports.log.read([latest]);
    const edit = stored === undefined ? undefined : readAssetEdit(stored.bytes);
    const who = edit === undefined ? 'Somebody' : edit.by.name;
    return new HeadwaterError(
      'CONFLICT',
      `${who} edited it meanwhile. Look at what is there now, and send the edit again with its editVersion.`,
      { reason: 'EDITED_MEANWHILE', facts: latest === null ? {} : { latest } },
    );
  }
}

function noSuchAsset(): HeadwaterError {
  return new HeadwaterError('NOT_FOUND', 'There is no such asset', { reason: 'NO_SUCH_ASSET' });
}

/** The same caller's key gives the same id, so that the same edit is the same event. */
function idOf({ id }: Principal, key: string | null, ids: IdSource): string {
  if (key === null) return ids.uuid();
  return createHash('sha256')
    .update(JSON.stringify([id, key]))
    .digest('hex')
    .slice(0, 32);
}

/** A fact that is taken away may stand on several names of one asset. */
async function changesOf(
  view: View,
  row: AssetRow,
  node: NodeId,
  change: WantedEdit['change'],
  clock: Clock,
): Promise<readonly FactEdit[]> {
  if (change.action === 'STATE') return [{ ...change, node }];
  const time = { at: clock.now() + CLOCK_TOLERANCE, knownAt: LATEST };
  const held = (await view.facts([node], [change.kind], time)).get(node) ?? [];
  const on = held.filter(({ value }) => value === change.value).map(({ nodeId }) => nodeId);
  return [...new Set([node, ...on])].sort().map((one) => ({ ...change, node: one }));
}
