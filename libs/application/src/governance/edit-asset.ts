import type { Principal } from '@headwater/domain/access/principal';
import type { AssetRow, FactRow } from '@headwater/domain/catalog';
import { LATEST } from '@headwater/domain/reading/read-time';
import type { CatalogReader } from '@headwater/domain/catalog-reader';
import { coded, HeadwaterError } from '@headwater/domain/errors';
import { assetEditBytes, type FactEdit } from '@headwater/domain/governance/asset-edit';
import { DEFAULT_ROLE } from '@headwater/domain/governance/effective-owners';
import { isTagged } from '@headwater/domain/governance/ownership-rules';
import { readAnswerDetail } from '@headwater/domain/governance/owner-answers';
import { namesDefinition } from '@headwater/domain/facts';
import { isPropertyRow, type DefinitionRow, type PropertyRow } from '@headwater/domain/governance/definition';
import { datasetOf, kindOf, respellNodeId, type NodeId } from '@headwater/domain/identifiers';
import type { Clock } from '@headwater/domain/ports';
import { nowBy } from '@headwater/domain/traversal/moment';
import { refuseFaults } from '../access/access-parts.js';
import { checkChange } from './check-change.js';
import { fittingValues, ON } from './fitting-values.js';
import {
  editedMeanwhile,
  headOf,
  noSuchDomain,
  noSuchLogicalDataset,
  noSuchProduct,
  noSuchProperty,
  noSuchTerm,
  onlyOf,
  recordAllOnce,
  requestFaults,
  rightsOf,
  type EditPorts,
  type EditRequest,
  type RecordedEdit,
} from './record-edit.js';

export interface WantedEdit extends EditRequest {
  /** The asset, or a field of it, as the caller wrote it. */
  readonly on: string;
  readonly change: Pick<FactEdit, 'action' | 'kind' | 'value' | 'detail'>;
}

export interface MadeEdit extends Pick<RecordedEdit, 'position' | 'isReadable'> {
  readonly asset: NodeId;
  /** Of tags that are taken away those that it had. */
  readonly removedTags: readonly string[];
}

type View = Pick<CatalogReader, 'assets' | 'fields' | 'facts' | 'definitions' | 'agentNames'>;

/** What is entered of fields too. */
const OF_FIELDS: ReadonlySet<FactEdit['kind']> = new Set(['TAG', 'DESCRIPTION', 'TERM']);

/** Enters a fact about an asset or a field, or takes one away, as an event of the log. */
export class EditAsset {
  constructor(private readonly ports: EditPorts) {}

  /**
   * The edit once it is durable, and readable unless the catalog is behind. `view` is the catalog as the caller sees it.
   * Throws INVALID_INPUT with faults, NOT_FOUND for what the caller does not see, FORBIDDEN for what it may not
   * edit, CONFLICT (EDITED_MEANWHILE) where `expectedVersion` is not the latest any more, (ALREADY_DELETED,
   * NOT_DELETED) where it is so already, (KEY_USED), (IN_OTHER_LOGICAL_DATASET) where an edit has put the dataset into another one: nothing is changed then.
   */
  async execute(principal: Principal, view: View, wanted: WantedEdit): Promise<MadeEdit> {
    const { change, idempotencyKey, ...input } = wanted;
    refuseFaults('The edit cannot be made like this', [...checkChange(change), ...requestFaults(wanted)]);
    const head = headOf(this.ports, principal, wanted);
    const { row, node } = await this.#target(view, wanted.on);
    if (change.kind === 'PRODUCT' && kindOf(node) !== 'DATASET')
      refuseFaults('The edit cannot be made like this', [
        {
          pointer: '/on',
          ...coded(
            'ONLY_DATASETS',
            'must be the id of a dataset: a job or a field is no output port of a data product',
          ),
        },
      ]);
    if (change.kind === 'LOGICAL' && kindOf(node) !== 'DATASET')
      refuseFaults('The edit cannot be made like this', [
        {
          pointer: '/on',
          ...coded('ONLY_DATASETS', 'must be the id of a dataset: a job or a field is no member of a logical dataset'),
        },
      ]);
    if (node !== row.id && !OF_FIELDS.has(change.kind))
      refuseFaults('The edit cannot be made like this', [
        {
          pointer: '/on',
          ...coded(
            'NOT_OF_FIELDS',
            'must be the id of a dataset or a job: of a field only tags, terms and a description are entered',
          ),
        },
      ]);
    const rights = await rightsOf(this.ports, principal).over([row]);
    if (!rights.allows(row, [change])) throw rights.refusal(row, [change]);
    const asked = { key: idempotencyKey, asked: ['asset', change, input] };
    const { recorded, told: removedTags } = await recordAllOnce(this.ports, principal, asked, async () => {
      if (head.expected !== null && head.expected !== row.editPosition)
        throw await editedMeanwhile(this.ports, row.editPosition);
      const definition = namesDefinition(change.kind) ? await this.#definition(view, change) : undefined;
      const fitting = isPropertyRow(definition) ? fittingChange(change, definition, row) : change;
      if (change.kind === 'DELETION') await this.#requireOther(view, row, change);
      const made = await changesOf(view, row, node, fitting, this.ports.clock);
      return { edits: [assetEditBytes({ ...head, asset: row.id, changes: made.changes })], told: made.removedTags };
    });
    const { verdict, found: _found, ...made } = onlyOf(recorded);
    if (verdict === 'EDIT_CONFLICT') throw await editedMeanwhile(this.ports, null);
    if (verdict === 'EDIT_NAMES_UNKNOWN') throw noSuchDefinition(change.kind);
    if (verdict === 'EDIT_UNFITS_PROPERTY') throw propertyChanged();
    if (verdict === 'EDIT_OF_DELETED') throw alreadyDeleted();
    if (verdict === 'EDIT_OF_NOT_DELETED') throw notDeleted();
    if (verdict === 'EDIT_OF_MEMBER_ELSEWHERE') throw inOtherLogicalDataset();
    if (verdict !== null) throw noSuchAsset();
    return { asset: row.id, removedTags, ...made };
  }

  /** What a stated fact names; undefined where nothing is stated. */
  async #definition(view: View, { action, kind, value }: WantedEdit['change']): Promise<DefinitionRow | undefined> {
    // What is not there any more can be taken away, but nothing is kept out of a logical dataset that there is not.
    if (action === 'WITHDRAW' && kind !== 'LOGICAL') return undefined;
    const found = (await view.definitions([value as NodeId], nowBy(this.ports.clock))).get(value as NodeId);
    if (found === undefined) throw noSuchDefinition(kind);
    return found;
  }

  /** Spares the log an edit that the projection would refuse. */
  async #requireOther(view: View, row: AssetRow, { action }: WantedEdit['change']): Promise<void> {
    const held = (await view.facts([row.id], ['DELETION'], nowBy(this.ports.clock))).get(row.id) ?? [];
    if (action === 'STATE' && held.length > 0 && row.deletedAt !== null) throw alreadyDeleted();
    if (action === 'WITHDRAW' && held.length === 0) throw notDeleted();
  }

  async #target(view: View, on: string): Promise<{ readonly row: AssetRow; readonly node: NodeId }> {
    const id = respellNodeId(on);
    const kind = id === undefined ? undefined : kindOf(id);
    if (id === undefined || (kind !== 'DATASET' && kind !== 'JOB' && kind !== 'FIELD'))
      throw new HeadwaterError('INVALID_INPUT', 'Name a dataset, a job or a field by its id', {
        faults: [
          { pointer: '/on', ...coded('NOT_AN_ID', 'must be the id of a dataset, a job or a field', { kind: 'NODE' }) },
        ],
      });
    const field = kind === 'FIELD' ? (await view.fields([id])).get(id) : undefined;
    if (kind === 'FIELD' && (field === undefined || field.deletedAt !== null))
      throw new HeadwaterError('NOT_FOUND', 'There is no such field any more', { reason: 'NO_SUCH_FIELD' });
    const asked = field === undefined ? id : datasetOf(field.id);
    const row = (await view.assets([asked], LATEST)).get(asked);
    if (row === undefined) throw noSuchAsset();
    return { row, node: field?.id ?? row.id };
  }
}

function noSuchAsset(): HeadwaterError {
  return new HeadwaterError('NOT_FOUND', 'There is no such asset', { reason: 'NO_SUCH_ASSET' });
}

function alreadyDeleted(): HeadwaterError {
  return new HeadwaterError('CONFLICT', 'It is deleted already. Restore it first, to delete it for another reason.', {
    reason: 'ALREADY_DELETED',
  });
}

function inOtherLogicalDataset(): HeadwaterError {
  return new HeadwaterError(
    'CONFLICT',
    'An edit has put this dataset into another logical dataset, and a dataset is in one at most. Take it out of that first.',
    { reason: 'IN_OTHER_LOGICAL_DATASET' },
  );
}

function notDeleted(): HeadwaterError {
  return new HeadwaterError(
    'CONFLICT',
    'No edit has deleted it. What an event dropped is there again once an event writes or creates it.',
    { reason: 'NOT_DELETED' },
  );
}

function propertyChanged(): HeadwaterError {
  return new HeadwaterError(
    'CONFLICT',
    'The property was changed meanwhile, and takes other values now. Look at what it takes, and send the edit again.',
    { reason: 'PROPERTY_CHANGED' },
  );
}

/** The change with its values as they are kept. Throws INVALID_INPUT for what the property does not take, or not there. */
function fittingChange(change: WantedEdit['change'], { body }: PropertyRow, row: AssetRow): WantedEdit['change'] {
  const { detail, faults } = fittingValues(body, change.detail, [row.kind]);
  refuseFaults(
    `${body.name} does not take this`,
    faults.map(({ pointer, ...fault }) => ({ ...fault, pointer: pointer === ON ? ON : `/values${pointer}` })),
  );
  return { ...change, detail };
}

function noSuchDefinition(kind: FactEdit['kind']): HeadwaterError {
  if (kind === 'PROPERTY') return noSuchProperty();
  if (kind === 'PRODUCT') return noSuchProduct();
  if (kind === 'LOGICAL') return noSuchLogicalDataset();
  return kind === 'TERM' ? noSuchTerm() : noSuchDomain();
}

/** Who is entered again declines no more, by whichever id it did; that of the change itself the projection ends. */
async function endedDeclines(
  view: View,
  node: NodeId,
  { value, detail }: WantedEdit['change'],
  clock: Clock,
): Promise<readonly FactEdit[]> {
  const [names, held] = await Promise.all([
    view.agentNames([value as NodeId], LATEST),
    view.facts([node], ['DECLINED'], nowBy(clock)),
  ]);
  const others: readonly string[] = (names.get(value as NodeId) ?? []).filter((id) => id !== value);
  const role = detail ?? DEFAULT_ROLE;
  return (held.get(node) ?? [])
    .filter((fact) => others.includes(fact.value) && readAnswerDetail(fact.detail).role === role)
    .map((fact) => ({
      action: 'WITHDRAW',
      node: fact.nodeId,
      kind: 'DECLINED',
      value: fact.value,
      detail: fact.detail,
    }));
}

interface MadeChanges extends Pick<MadeEdit, 'removedTags'> {
  readonly changes: readonly FactEdit[];
}

/** A fact that is taken away may stand on several names of one asset; a bare key takes every tag of it that is there. */
async function changesOf(
  view: View,
  row: AssetRow,
  node: NodeId,
  change: WantedEdit['change'],
  clock: Clock,
): Promise<MadeChanges> {
  const removedTags: readonly string[] = [];
  // A deletion is of every name that the asset has when the projection comes to it.
  if (change.kind === 'OWNER' && change.action === 'STATE')
    return { removedTags, changes: [...(await endedDeclines(view, node, change, clock)), { ...change, node }] };
  if (change.action === 'STATE' || change.kind === 'DELETION') return { removedTags, changes: [{ ...change, node }] };
  const held = (await view.facts([node], [change.kind], nowBy(clock))).get(node) ?? [];
  const asked = change.value as NodeId;
  const ids = change.kind === 'OWNER' ? (await view.agentNames([asked], LATEST)).get(asked) : undefined;
  const names: readonly string[] = ids ?? [asked];
  const isMeant = ({ value, source }: FactRow): boolean =>
    change.value === ''
      ? source === 'EDIT'
      : names.includes(value) || (change.kind === 'TAG' && isTagged(value, change.value));
  const on = held.filter(isMeant);
  const nodes = [...new Set([node, ...on.map(({ nodeId }) => nodeId)])].sort();
  // An owner is meant by any of its ids, and taken away by the one that it was stated by.
  const stated = on.map(({ value }) => value);
  const isTag = change.kind === 'TAG' && on.length > 0;
  const values = change.value === '' ? [''] : [...new Set([...(isTag ? [] : [change.value]), ...stated])].sort();
  return {
    removedTags: isTag ? values : removedTags,
    changes: nodes.flatMap((one) => values.map((value) => ({ ...change, node: one, value }))),
  };
}
