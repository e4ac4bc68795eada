import { parametersOf, type InputFault, type Told } from '@headwater/domain/errors';
import type { FactEdit } from '@headwater/domain/governance/asset-edit';
import type { WantedChange } from '@headwater/domain/governance/edit-job';
import type { PropertyKind, PropertyRow } from '@headwater/domain/governance/definition';
import { writeValues } from '@headwater/domain/governance/property-values';
import type { NodeId } from '@headwater/domain/identifiers';
import { factEdits } from '../bulk/plan-edits.js';
import { checkChange } from '../check-change.js';
import { fittingValues } from '../fitting-values.js';
import { inOneLine, ownerKey, saysOf, type Held, type SaidOwner, type SaidProperty, type Says } from './asset-line.js';

/** What it takes that all that a row says is so of its node, in one edit; nothing where it is so already. */
export function lineEdits(
  node: NodeId,
  says: Partial<Says>,
  held: Held,
  documented: string | null,
  known: KnownProperties = { kind: 'DATASET', properties: new Map() },
): readonly FactEdit[] {
  const now = saysOf(held, documented);
  const changes = [
    ...descriptionChanges(says, now),
    ...domainChanges(says, now),
    ...(says.owners === undefined ? [] : ownerChanges(says.owners, now.owners, held)),
    ...(says.tags === undefined ? [] : setChanges('TAG', says.tags, now.tags, held)),
    ...(says.terms === undefined ? [] : setChanges('TERM', says.terms, now.terms, held)),
    ...(says.properties === undefined ? [] : propertyChanges(says.properties, now.properties, known)),
  ];
  return changes.flatMap((change) => factEdits(node, change, held.facts, held.owners));
}

/** What the properties that rows name are declared to be, and what a row is about. */
export interface KnownProperties {
  readonly kind: PropertyKind;
  readonly properties: ReadonlyMap<NodeId, PropertyRow>;
}

/** What of the values that a row gives does not fit what is declared; a property that there is not is told elsewhere. */
export function propertyProblems(says: Partial<Says>, held: Held, known: KnownProperties): readonly InputFault[] {
  const now = new Map(saysOf(held).properties.map(({ property, values }) => [property, writeValues(values)]));
  return (says.properties ?? []).flatMap(({ property, values }) => {
    const body = known.properties.get(property)?.body;
    const given = writeValues(values);
    if (body === undefined || now.get(property) === given) return [];
    return fittingValues(body, given, [known.kind]).faults.map(({ pointer, ...told }) => {
      const index = /^\/(\d+)$/.exec(pointer)?.[1];
      const value = index === undefined ? undefined : values[Number(index)];
      const shown = value === undefined ? property : `${property} ${JSON.stringify(value).slice(0, 80)}`;
      const said = value === undefined ? property : `${property}=${value}`;
      return ofValue('/properties', said, `${shown} ${told.detail}`, told);
    });
  });
}

function propertyChanges(
  wanted: readonly SaidProperty[],
  now: readonly SaidProperty[],
  { kind, properties }: KnownProperties,
): readonly WantedChange[] {
  const named = new Set(wanted.map(({ property }) => property));
  const stated = wanted.map(({ property, values }): WantedChange => {
    const body = properties.get(property)?.body;
    const read = body === undefined ? undefined : fittingValues(body, writeValues(values), [kind]);
    const detail = read === undefined || read.faults.length > 0 ? writeValues(values) : read.detail;
    return { action: 'STATE', kind: 'PROPERTY', value: property, detail };
  });
  const gone = now.filter(({ property }) => !named.has(property));
  return [
    ...stated,
    ...gone.map(({ property }) => ({ action: 'WITHDRAW', kind: 'PROPERTY', value: property, detail: null }) as const),
  ];
}

/** What is wrong with what a row would enter. What is so already may be whatever producers say. */
export function editProblems(edits: readonly FactEdit[]): readonly InputFault[] {
  const problems = edits
    .filter(({ action }) => action === 'STATE')
    .flatMap((edit) =>
      checkChange(edit).map(({ pointer, ...told }) => {
        const [word, column] = COLUMNS[pointer] ?? [pointer.slice(1), pointer];
        const said = saidIn(edit);
        const shown = said === null ? '' : JSON.stringify(said).slice(0, 80);
        return ofValue(column, said ?? '', `${word} ${shown} ${told.detail}`, told);
      }),
    );
  return [...new Map(problems.map((problem) => [problem.detail, problem])).values()];
}

/** By the member of the input of one edit: what it is called, and the column that gives it. */
const COLUMNS: Readonly<Record<string, readonly [word: string, column: string]>> = {
  '/agent': ['owner', '/owners'],
  '/role': ['role', '/owners'],
  '/text': ['description', '/description'],
  '/tag': ['tag', '/tags'],
  '/term': ['term', '/terms'],
  '/property': ['property', '/properties'],
};

/** A fault of one value of a cell, `value` among what it speaks of. */
function ofValue(pointer: string, value: string, detail: string, { code, parameters }: Told): InputFault {
  return {
    pointer,
    detail,
    code,
    parameters: [...(value === '' ? [] : parametersOf({ value: value.slice(0, 80) })), ...parameters],
  };
}

/** As a cell says it; null of a description, which is all of it. */
function saidIn({ kind, value, detail }: FactEdit): string | null {
  if (kind === 'DESCRIPTION') return null;
  return kind === 'OWNER' && detail !== null ? `${detail}=${value}` : value;
}

/** As with an edit of one asset, none takes away what was entered: what producers say shows again. */
function descriptionChanges({ description }: Partial<Says>, now: Says): readonly WantedChange[] {
  if (description === undefined || description === now.description) return [];
  return description === null
    ? [{ action: 'WITHDRAW', kind: 'DESCRIPTION', value: '', detail: null }]
    : [{ action: 'STATE', kind: 'DESCRIPTION', value: description, detail: 'text/markdown' }];
}

function domainChanges({ domain }: Partial<Says>, now: Says): readonly WantedChange[] {
  if (domain === undefined || domain === now.domain) return [];
  return domain === null
    ? [{ action: 'WITHDRAW', kind: 'DOMAIN', value: '', detail: null }]
    : [{ action: 'STATE', kind: 'DOMAIN', value: domain, detail: null }];
}

function setChanges(
  kind: 'TAG' | 'TERM',
  wanted: readonly string[],
  now: readonly string[],
  { facts }: Held,
): readonly WantedChange[] {
  const held = new Set(facts.filter((fact) => fact.kind === kind).map(({ value }) => value));
  return [
    ...wanted
      .filter((value) => !now.includes(value))
      .map((value) => ({ action: 'STATE', kind, value, detail: null }) as const),
    // As producers spell it.
    ...[...held]
      .filter((value) => inOneLine(value) !== '' && !wanted.includes(inOneLine(value)))
      .map((value) => ({ action: 'WITHDRAW', kind, value, detail: null }) as const),
  ];
}

/**
 * Of each role in which others are to answer. Who was entered overrules rules and producers of the role, so all are
 * entered; where nobody is to answer, nobody is left who was overruled so far.
 */
function ownerChanges(
  wanted: readonly SaidOwner[],
  now: readonly SaidOwner[],
  { owners }: Held,
): readonly WantedChange[] {
  const keyOf = ({ agent, role }: SaidOwner): string => ownerKey({ agent: owners?.same(agent) ?? agent, role });
  const roles = [...new Set([...wanted, ...now].map(({ role }) => role))].sort();
  return roles.flatMap((role): readonly WantedChange[] => {
    const inRole = (list: readonly SaidOwner[]) => list.filter((owner) => inOneLine(owner.role) === role);
    const [want, have] = [inRole(wanted), inRole(now)];
    const keys = new Set(want.map(keyOf));
    if (keys.size === have.length && have.every((owner) => keys.has(ownerKey(owner)))) return [];
    const claims = inRole([...(owners?.owners ?? []), ...(want.length === 0 ? (owners?.overruled ?? []) : [])]);
    const gone = new Map(claims.filter((claim) => !keys.has(ownerKey(claim))).map((claim) => [ownerKey(claim), claim]));
    return [
      ...[...gone.values()].map(
        (claim) => ({ action: 'WITHDRAW', kind: 'OWNER', value: claim.agent, detail: claim.role }) as const,
      ),
      ...want.map(({ agent }) => ({ action: 'STATE', kind: 'OWNER', value: agent, detail: role }) as const),
    ];
  });
}
