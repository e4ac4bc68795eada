import { createHash } from 'node:crypto';
import type { AssetRow, FactRow } from '@headwater/domain/catalog';
import type { CatalogReader } from '@headwater/domain/catalog-reader';
import { itself } from '@headwater/domain/governance/owner-answers';
import { coded, HeadwaterError, type InputFault, type Told } from '@headwater/domain/errors';
import { namesDefinition, type FactKind } from '@headwater/domain/facts';
import type { FactEdit } from '@headwater/domain/governance/asset-edit';
import { isPropertyRow, type DefinitionRow } from '@headwater/domain/governance/definition';
import type { PlannedEdit, WantedChange } from '@headwater/domain/governance/edit-job';
import { DEFAULT_ROLE, type EffectiveOwners } from '@headwater/domain/governance/effective-owners';
import { isTagged } from '@headwater/domain/governance/ownership-rules';
import { kindOf, respellNodeId, type NodeId } from '@headwater/domain/identifiers';
import { MAX_PAGE } from '@headwater/domain/page';
import { LATEST, type ReadTime } from '@headwater/domain/reading/read-time';
import type { CatalogSearch, SearchFilter } from '@headwater/domain/search';
import { refuseFaults } from '../../access/access-parts.js';
import type { EditRights } from '../../access/edit-rights.js';
import { checkChange } from '../check-change.js';
import { fittingValues, ON } from '../fitting-values.js';

/** More are several jobs: whoever asks for them looks at each list before. */
export const MOST_ASSETS = 5_000;
const MOST_CHANGES = 20;
/** Assets of which facts are read at once. */
const PORTION = 500;

/** Assets by their ids, or all that a search finds. */
export type Selection = { readonly ids: readonly string[] } | { readonly text: string; readonly filter: SearchFilter };

/** A change, and the member of the input that asks for it. */
export interface AskedChange extends WantedChange {
  readonly pointer: string;
}

export interface EditPlan {
  /** What is there to be done, by id. */
  readonly edits: readonly (PlannedEdit & { readonly row: AssetRow })[];
  /** Assets that have it all as asked for already. */
  readonly unchanged: number;
  /** Assets that the caller may not edit like this: they are left out. */
  readonly forbidden: number;
  /** Changes with what would be edited, and with any edit of it that somebody makes. */
  readonly version: string;
  /** Changes that would take away what none of the assets has. */
  readonly idle: readonly InputFault[];
}

export interface PlanView {
  readonly catalog: Pick<CatalogReader, 'assets' | 'facts' | 'definitions' | 'effectiveOwners'>;
  readonly search: Pick<CatalogSearch, 'search'>;
}

/**
 * What the changes would do to what is selected, as the caller sees the catalog at `time`. Throws INVALID_INPUT with every
 * fault: of the changes, ids that are of no asset, more than {@link MOST_ASSETS} assets.
 */
export async function planEdits(
  view: PlanView,
  rights: EditRights,
  selection: Selection,
  changes: readonly AskedChange[],
  time: ReadTime,
): Promise<EditPlan> {
  const known = await definitionsOf(view, changes, time);
  refuseFaults('The edits cannot be made like this', [...faultsOf(changes), ...unknownDefinitions(changes, known)]);
  const rows = await selectedRows(view, selection);
  const { fitting, faults } = fittingChanges(changes, known, rows);
  refuseFaults('The edits cannot be made like this', faults);
  const wanted = fitting.map(({ pointer: _pointer, ...change }) => change);
  const mayEdit = await rights.over(rows);
  const editable = rows.filter((row) => mayEdit.allows(row, wanted));
  const edits = await editsOf(view, editable, wanted, time);
  const counts = { unchanged: editable.length - edits.length, forbidden: rows.length - editable.length };
  return { ...planOf(edits, counts), idle: editable.length === 0 ? [] : idleOf(fitting, edits) };
}

/** The plan of these edits, in the order of their assets. */
export function planOf(
  edits: EditPlan['edits'],
  { unchanged, forbidden }: Pick<EditPlan, 'unchanged' | 'forbidden'>,
): EditPlan {
  const ordered = [...edits].sort((a, b) => (a.asset < b.asset ? -1 : 1));
  const said = ordered.map(({ asset, expected, changes }) => [asset, expected, changes]);
  const version = createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 32);
  return { edits: ordered, unchanged, forbidden, version, idle: [] };
}

/** Of each change that takes away something named whether nothing comes of it. */
function idleOf(changes: readonly AskedChange[], edits: EditPlan['edits']): readonly InputFault[] {
  const made = edits.flatMap((edit) => edit.changes.filter(({ action }) => action === 'WITHDRAW'));
  return changes.flatMap(({ action, kind, value, pointer }) => {
    if (action !== 'WITHDRAW' || kind !== 'TAG' || made.some((one) => one.kind === kind && isTagged(one.value, value)))
      return [];
    const detail = `none of these assets has the tag ${value}, or one of that key; tags of their fields are taken off at the fields`;
    return [{ pointer, ...coded('NO_ASSET_TAGGED', detail, { tag: value }) }];
  });
}

function faultsOf(changes: readonly AskedChange[]): readonly InputFault[] {
  if (changes.length === 0)
    return [{ pointer: '/change', ...coded('NO_CHANGE', 'must say at least one thing to change') }];
  if (changes.length > MOST_CHANGES)
    return [
      {
        pointer: '/change',
        ...coded('TOO_MANY', `must say at most ${String(MOST_CHANGES)} things to change`, { most: MOST_CHANGES }),
      },
    ];
  const faults = changes.flatMap((change) =>
    // What stands behind the pointer is the member of the input of one edit.
    checkChange(change).map(({ pointer, ...fault }) => ({
      ...fault,
      pointer: `${change.pointer}${change.kind === 'OWNER' ? pointer : ''}`,
    })),
  );
  const seen = new Map<string, AskedChange>();
  for (const change of changes) {
    if (change.kind === 'OWNER' && change.action === 'WITHDRAW') {
      const isAgainst = ({ kind, action, value, detail }: AskedChange): boolean =>
        kind === 'OWNER' && action === 'STATE' && value === change.value && (change.detail ?? detail) === detail;
      if (changes.some(isAgainst))
        faults.push({
          pointer: change.pointer,
          ...coded('AGAINST_ITSELF', 'takes away what another of the changes gives: name the role'),
        });
    }
    if (change.kind === 'TAG' && change.action === 'WITHDRAW') {
      const isAgainst = ({ kind, action, value }: AskedChange): boolean =>
        kind === 'TAG' && action === 'STATE' && value !== change.value && isTagged(value, change.value);
      if (changes.some(isAgainst))
        faults.push({
          pointer: change.pointer,
          ...coded('AGAINST_ITSELF', 'takes away what another of the changes gives: name the value'),
        });
    }
    const key = JSON.stringify([
      change.action === 'STATE' || change.kind !== 'OWNER',
      change.kind,
      change.kind === 'DOMAIN' ? '' : change.value,
      change.kind === 'PROPERTY' ? '' : change.detail,
    ]);
    if (seen.has(key))
      faults.push({
        pointer: change.pointer,
        ...coded('AGAINST_ITSELF', 'is said twice, or against another of the changes'),
      });
    else seen.set(key, change);
  }
  return faults;
}

/** What the changes would give. */
function definitionsOf(
  view: PlanView,
  changes: readonly AskedChange[],
  time: ReadTime,
): Promise<ReadonlyMap<NodeId, DefinitionRow>> {
  return view.catalog.definitions(
    changes.filter(givesDefinition).map(({ value }) => value as NodeId),
    time,
  );
}

function givesDefinition({ kind, action, value }: AskedChange): boolean {
  return action === 'STATE' && namesDefinition(kind) && kindOf(value) === kind;
}

/** Domains, terms and properties that there are not. */
function unknownDefinitions(
  changes: readonly AskedChange[],
  known: ReadonlyMap<NodeId, DefinitionRow>,
): readonly InputFault[] {
  return changes
    .filter((change) => givesDefinition(change) && !known.has(change.value as NodeId))
    .map(({ pointer, kind, value }) => ({
      pointer,
      ...coded('NO_SUCH', `there is no such ${kind.toLowerCase()}: make it first`, { kind, id: value }),
    }));
}

/** The changes with values of properties as they are kept, and what is wrong with them for any of the assets. */
function fittingChanges(
  changes: readonly AskedChange[],
  known: ReadonlyMap<NodeId, DefinitionRow>,
  rows: readonly AssetRow[],
): { readonly fitting: readonly AskedChange[]; readonly faults: readonly InputFault[] } {
  const kinds = [...new Set(rows.map(({ kind }) => kind))];
  const faults: InputFault[] = [];
  const fitting = changes.map((change): AskedChange => {
    const definition = givesDefinition(change) ? known.get(change.value as NodeId) : undefined;
    if (!isPropertyRow(definition)) return change;
    const read = fittingValues(definition.body, change.detail, kinds);
    for (const { pointer, ...fault } of read.faults)
      faults.push({ ...fault, pointer: pointer === ON ? '/selection' : `${change.pointer}/values${pointer}` });
    return { ...change, detail: read.detail };
  });
  return { fitting, faults };
}

async function selectedRows(view: PlanView, selection: Selection): Promise<readonly AssetRow[]> {
  const ids = 'ids' in selection ? readIds(selection.ids) : await found(view, selection.text, selection.filter);
  const rows = new Map<NodeId, AssetRow>();
  const unknown: InputFault[] = [];
  for (let start = 0; start < ids.length; start += PORTION) {
    const portion = ids.slice(start, start + PORTION);
    const known = await view.catalog.assets(portion, LATEST);
    for (const [index, id] of portion.entries()) {
      const row = known.get(id);
      if (row !== undefined) rows.set(row.id, row);
      // What search found may be gone by now.
      else if ('ids' in selection)
        unknown.push({
          pointer: `/selection/ids/${String(start + index)}`,
          ...coded('NO_SUCH', `there is no such asset: ${id}`, { kind: 'ASSET', id }),
        });
    }
  }
  refuseFaults('Not all of these assets are in the catalog', unknown);
  return [...rows.values()];
}

function readIds(texts: readonly string[]): readonly NodeId[] {
  if (texts.length === 0 || texts.length > MOST_ASSETS)
    throw refusedSelection(
      '/selection/ids',
      coded('COUNT_BETWEEN', `must have 1 to ${String(MOST_ASSETS)} ids`, { least: 1, most: MOST_ASSETS }),
    );
  const ids = texts.map((text) => respellNodeId(text));
  const isAsset = (id: NodeId | undefined): id is NodeId =>
    id !== undefined && (kindOf(id) === 'DATASET' || kindOf(id) === 'JOB');
  refuseFaults(
    'Name datasets and jobs by their ids',
    ids.flatMap((id, index) =>
      isAsset(id)
        ? []
        : [
            {
              pointer: `/selection/ids/${String(index)}`,
              ...coded('NOT_AN_ID', 'must be the id of a dataset or a job', { kind: 'ASSET' }),
            },
          ],
    ),
  );
  return ids.filter(isAsset);
}

async function found(view: PlanView, text: string, filter: SearchFilter): Promise<readonly NodeId[]> {
  const ids = new Set<NodeId>();
  for (let after: string | null = null; ;) {
    const page = { first: MAX_PAGE, after };
    const { hits, hasNextPage, totalCount, isFuzzy } = await view.search.search({ text, filter, order: 'NAME', page });
    // What comes near a search is for people to choose from.
    if (isFuzzy && totalCount > 0)
      throw new HeadwaterError('INVALID_INPUT', 'Nothing has all of these words', {
        faults: [
          {
            pointer: '/selection/query',
            ...coded('NOTHING_FOUND', 'has words that no asset has all of: leave out some'),
          },
        ],
      });
    if (totalCount > MOST_ASSETS || ids.size > MOST_ASSETS)
      throw refusedSelection('/selection', tooManyFound(Math.max(totalCount, ids.size)));
    for (const { id } of hits) ids.add(id);
    after = hits.at(-1)?.cursor ?? null;
    if (!hasNextPage || after === null) return [...ids];
  }
}

function tooManyFound(found: number): Told {
  const detail = `finds ${String(found)} assets, and one job edits at most ${String(MOST_ASSETS)}: narrow the search, by namespace for example`;
  return coded('FINDS_TOO_MANY', detail, { found, most: MOST_ASSETS });
}

function refusedSelection(pointer: string, told: Told): HeadwaterError {
  return new HeadwaterError('INVALID_INPUT', 'That is too much for one job, or nothing', {
    faults: [{ pointer, ...told }],
  });
}

async function editsOf(
  view: PlanView,
  rows: readonly AssetRow[],
  changes: readonly WantedChange[],
  time: ReadTime,
): Promise<EditPlan['edits']> {
  const kinds = [...new Set(changes.map(({ kind }) => kind))];
  const edits: EditPlan['edits'][number][] = [];
  for (let start = 0; start < rows.length; start += PORTION) {
    const portion = rows.slice(start, start + PORTION);
    const ids = portion.map(({ id }) => id);
    const [facts, owners] = await Promise.all([
      view.catalog.facts(ids, kinds satisfies readonly FactKind[], time),
      kinds.includes('OWNER') ? view.catalog.effectiveOwners(ids, time) : new Map<NodeId, EffectiveOwners>(),
    ]);
    for (const row of portion) {
      const made = changes.flatMap((change) =>
        change.kind === 'DELETION'
          ? deletionEdits(row, change, facts.get(row.id) ?? [])
          : factEdits(row.id, change, facts.get(row.id) ?? [], owners.get(row.id)),
      );
      if (made.length > 0) edits.push({ row, asset: row.id, expected: row.editPosition, changes: made });
    }
  }
  return edits;
}

/** Nothing where it is deleted already, or no edit deleted it. */
function deletionEdits(row: AssetRow, change: WantedChange, facts: readonly FactRow[]): readonly FactEdit[] {
  const isDeleted = facts.some(({ kind }) => kind === 'DELETION');
  const isSo = change.action === 'STATE' ? isDeleted && row.deletedAt !== null : !isDeleted;
  return isSo ? [] : [{ ...change, node: row.id }];
}

/** What one change comes to for one asset, or one field: nothing where it is so already. */
export function factEdits(
  asset: NodeId,
  change: WantedChange,
  facts: readonly FactRow[],
  owners: EffectiveOwners | undefined,
): readonly FactEdit[] {
  const { action, kind, value, detail } = change;
  const held = facts.filter((fact) => fact.kind === kind);
  // An owner is meant by any of its ids, and taken away by the one that it was stated by.
  const idOf = (text: string): string => (kind === 'OWNER' ? (owners?.same ?? itself)(text as NodeId) : text);
  const wanted = idOf(value);
  // A bare key takes off every tag of it.
  const isNamed = (one: string): boolean => (kind === 'TAG' ? isTagged(one, value) : idOf(one) === wanted);
  if (action === 'STATE') {
    // Of several domains, of names that were merged, the first one holds.
    const holding = kind === 'DOMAIN' ? held.slice(0, 1) : kind === 'PROPERTY' ? firstOf(held, value) : held;
    const isHeld = holding.some(
      (fact) => fact.source === 'EDIT' && idOf(fact.value) === wanted && fact.detail === detail,
    );
    // Who declined is entered still, and answers no more.
    const isSo = isHeld && (kind !== 'OWNER' || answers(owners, wanted, detail ?? DEFAULT_ROLE));
    if (isSo) return [];
    const declines = kind === 'OWNER' ? (owners?.declined ?? []) : [];
    const ended = declines.filter(
      ({ claim, decline }) =>
        claim.agent === wanted && claim.role === (detail ?? DEFAULT_ROLE) && decline.value !== value,
    );
    // Who is entered again declines no more, by whichever id it did.
    const ends = ended.map(({ decline: { nodeId: node, value: id, detail: why } }): FactEdit => ({
      ...{ action: 'WITHDRAW', node, kind: 'DECLINED', value: id, detail: why },
    }));
    return [...ends, { ...change, node: asset }];
  }
  const isMeant = (fact: FactRow): boolean =>
    value === '' ? fact.source === 'EDIT' : isNamed(fact.value) && (detail === null || roleIn(fact) === detail);
  const on = held.filter(isMeant);
  const claims = [...(owners?.owners ?? []), ...(owners?.overruled ?? [])];
  const isOwner =
    kind === 'OWNER' && claims.some(({ agent, role }) => agent === wanted && (detail === null || role === detail));
  // A fact may stand on several names of one asset; a rule names it by all of them.
  const nodes = on.length > 0 || isOwner ? [...new Set([asset, ...on.map(({ nodeId }) => nodeId)])].sort() : [];
  const stated = kind === 'OWNER' || kind === 'TAG' ? on.map((fact) => fact.value) : [];
  return nodes.flatMap((node) =>
    [...new Set([...(kind === 'TAG' ? [] : [value]), ...stated])]
      .sort()
      .map((one) => ({ ...change, node, value: one })),
  );
}

/** Of values of a property, of names that were merged, the first ones hold. */
function firstOf(held: readonly FactRow[], property: string): readonly FactRow[] {
  return held.filter((fact) => fact.value === property).slice(0, 1);
}

function answers(owners: EffectiveOwners | undefined, agent: string, role: string): boolean {
  const isMeant = (claim: { readonly agent: NodeId; readonly role: string }): boolean =>
    claim.agent === agent && claim.role === role;
  return (owners?.owners.some(isMeant) ?? false) && !owners?.declined.some(({ claim }) => isMeant(claim));
}

/** The detail of a fact; an owner without a role is in the role OWNER. */
function roleIn({ kind, detail }: FactRow): string | null {
  return kind === 'OWNER' ? (detail ?? DEFAULT_ROLE) : detail;
}
