import { TAG_RULES_ID, type HeldTagRule, type TagRule, type TagRules } from '../classification/tag-rules.js';
import type { StoredEvent } from '../events.js';
import {
  isDomainRow,
  MOST_LEVELS,
  upwards,
  type DefinitionRow,
  type DomainDefinition,
  type DomainRow,
} from '../governance/definition.js';
import type { DefinitionEdit, DomainEdit, OwnershipRulesEdit, TagRulesEdit } from '../governance/definition-edit.js';
import {
  OWNERSHIP_RULES_ID,
  type HeldOwnershipRule,
  type OwnershipRule,
  type OwnershipRules,
} from '../governance/ownership-rules.js';
import { hash128, type NodeId } from '../identifiers.js';
import { keyOf, type Batch } from './batch.js';
import { contentHash } from './canonical-json.js';

interface Problem {
  readonly code: string;
  readonly message: string;
}

/** What an edit makes of a definition; null: it is no more. */
type Made =
  | Pick<DomainRow, 'kind' | 'body'>
  | { readonly kind: 'OWNERSHIP_RULES'; readonly body: OwnershipRules }
  | { readonly kind: 'TAG_RULES'; readonly body: TagRules };

/**
 * Applies an edit of a definition: it is as the edit says from its receipt on, and was as it was before. One that does
 * not fit what there is changes nothing and becomes a finding.
 */
export async function applyDefinition(batch: Batch, stored: StoredEvent, edit: DefinitionEdit): Promise<void> {
  const held = batch.definitions.get(edit.node);
  const { position, recordedAt, receivedAt } = stored;
  batch.out.references.push({ position, subjectKey: keyOf(edit.node), effectiveAt: receivedAt });
  const made = edit.action === 'REPLACE' ? replaced(batch, edit, stored) : await domainOf(batch, edit, held);
  if (made !== null && 'code' in made) {
    batch.out.findings.push({ ...made, position, seq: 0, pointer: '', nodeKey: null, recordedAt });
    return;
  }
  if (held !== undefined && made !== null && contentHash(held.body) === contentHash(made.body)) return;
  if (held !== undefined) end(batch, stored, held);
  if (made === null) return;
  const row: DefinitionRow = {
    rowId: hash128(`DEFINITION|${edit.node}|${String(position)}`),
    ...{ key: keyOf(edit.node), id: edit.node, ...made, enteredBy: edit.by.name, position },
    validFrom: receivedAt,
    validTo: null,
    recordedFrom: recordedAt,
    recordedTo: null,
  };
  batch.out.openedDefinitions.push(row);
  batch.definitions.set(edit.node, row);
}

async function domainOf(
  batch: Batch,
  edit: DomainEdit,
  held: DefinitionRow | undefined,
): Promise<Made | Problem | null> {
  const before = isDomainRow(held) ? held : undefined;
  const unfit = unfitFor(edit, before);
  if (unfit !== null) return unfit;
  if (edit.action === 'REMOVE') return inUse(batch, edit.node);
  const body = { ...before?.body, ...edit.body } as DomainDefinition;
  return misplaced(batch, edit.node, body) ?? { kind: 'DOMAIN', body };
}

function replaced(batch: Batch, edit: OwnershipRulesEdit | TagRulesEdit, stored: StoredEvent): Made | Problem {
  const conflict = conflictOf(edit, batch.definitions.get(edit.node)?.position ?? 0);
  if (conflict !== null) return conflict;
  if ('tagRules' in edit)
    return {
      kind: 'TAG_RULES',
      body: { rules: entered(edit.tagRules, tagRulesOf(batch), contentOfTagRule, edit, stored) },
    };
  if (edit.rules.some(({ domain }) => domain !== null && !batch.definitions.has(domain)))
    return { code: 'EDIT_NAMES_UNKNOWN', message: 'a rule names a domain that there is not' };
  return { kind: 'OWNERSHIP_RULES', body: { rules: entered(edit.rules, rulesOf(batch), contentOf, edit, stored) } };
}

/** Rules that stay as they are keep since when they are so, and by whom. */
function entered<R extends object, H extends R>(
  rules: readonly R[],
  held: readonly H[],
  content: (rule: R) => string,
  { by }: DefinitionEdit,
  { receivedAt: since, position }: StoredEvent,
): readonly (H | (R & { since: number; enteredBy: string; position: number }))[] {
  const before = new Map(held.map((rule) => [content(rule), rule]));
  return rules.map((rule) => before.get(content(rule)) ?? { ...rule, since, enteredBy: by.name, position });
}

function rulesOf(batch: Batch): readonly HeldOwnershipRule[] {
  const held = batch.definitions.get(OWNERSHIP_RULES_ID);
  return held?.kind === 'OWNERSHIP_RULES' ? held.body.rules : [];
}

function tagRulesOf(batch: Batch): readonly HeldTagRule[] {
  const held = batch.definitions.get(TAG_RULES_ID);
  return held?.kind === 'TAG_RULES' ? held.body.rules : [];
}

function contentOf({ namespace, name, path, tag, domain, owners }: OwnershipRule): string {
  return contentHash({ namespace, name, path, tag, domain, owners });
}

function contentOfTagRule({ tag, isCarried, throughIndirect, stopSubtypes }: TagRule): string {
  return contentHash({ tag, isCarried, throughIndirect, stopSubtypes });
}

/** The row stays for what was, and as known before. */
function end(batch: Batch, { position, recordedAt, receivedAt }: StoredEvent, held: DefinitionRow): void {
  batch.definitions.delete(held.id);
  batch.out.closedDefinitions.push({ rowId: held.rowId, recordedTo: recordedAt });
  if (held.validFrom >= receivedAt) return;
  const rowId = hash128(`DEFINITION|${held.rowId}|${String(position)}`);
  batch.out.openedDefinitions.push({ ...held, rowId, validTo: receivedAt, recordedFrom: recordedAt });
}

/** What speaks against an edit of a domain, whatever it says. */
function unfitFor(edit: DomainEdit, held: DomainRow | undefined): Problem | null {
  if (edit.action === 'CREATE')
    return held === undefined ? null : { code: 'EDIT_OF_KNOWN', message: 'something was to be defined that is there' };
  if (held === undefined)
    return { code: 'EDIT_OF_UNKNOWN', message: 'an edit of something that the catalog does not have' };
  return conflictOf(edit, held.position);
}

function conflictOf({ expected }: DefinitionEdit, latest: number): Problem | null {
  if (expected === null || expected === latest) return null;
  return {
    code: 'EDIT_CONFLICT',
    message: `an edit made when ${String(expected)} was the latest came behind ${String(latest)}`,
  };
}

/** What speaks against the place of a domain in the hierarchy. */
function misplaced(batch: Batch, node: NodeId, { parent }: DomainDefinition): Problem | null {
  if (parent === null) return null;
  if (!batch.definitions.has(parent))
    return { code: 'EDIT_NAMES_UNKNOWN', message: 'an edit puts a domain below one that there is not' };
  const above = upwards(parent, (id) => parentIn(batch, id));
  if (above.includes(node)) return { code: 'EDIT_MAKES_CYCLE', message: 'an edit puts a domain below itself' };
  if (above.length + levelsFrom(batch, node) <= MOST_LEVELS) return null;
  return { code: 'EDIT_TOO_DEEP', message: `an edit makes more than ${String(MOST_LEVELS)} levels of domains` };
}

/** Levels of a domain and of what is part of it. */
function levelsFrom(batch: Batch, node: NodeId): number {
  return 1 + Math.max(0, ...partsOf(batch, node).map((id) => levelsFrom(batch, id)));
}

function partsOf(batch: Batch, node: NodeId): readonly NodeId[] {
  return [...batch.definitions.keys()].filter((id) => parentIn(batch, id) === node);
}

function parentIn(batch: Batch, id: NodeId): NodeId | null | undefined {
  const row = batch.definitions.get(id);
  return isDomainRow(row) ? row.body.parent : undefined;
}

/** What is part of a domain, or in it, or owned by a rule for it, would be left without. */
async function inUse(batch: Batch, node: NodeId): Promise<Problem | null> {
  const parts = partsOf(batch, node).length;
  const stored = await batch.source.nodesWithFact('DOMAIN', node);
  // Of what the batch has loaded the documents know more than the tables.
  const others = stored.filter((id) => !batch.nodes.has(id)).length;
  const loaded = [...batch.nodes.values()].filter(({ facts }) =>
    Object.values(facts).some(({ row, open }) => row.kind === 'DOMAIN' && row.value === node && open.length > 0),
  ).length;
  const rules = rulesOf(batch).filter(({ domain }) => domain === node).length;
  if (parts + others + loaded + rules === 0) return null;
  const counts = `${String(parts)} parts, ${String(others + loaded)} assets and ${String(rules)} ownership rules`;
  return { code: 'EDIT_OF_USED', message: `a domain was to be removed that has ${counts}` };
}
