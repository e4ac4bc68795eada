import type { FactRow } from '@headwater/domain/catalog';
import type { CatalogReader } from '@headwater/domain/catalog-reader';
import type { FactKind } from '@headwater/domain/facts';
import type { EffectiveOwners } from '@headwater/domain/governance/effective-owners';
import { keptValues } from '@headwater/domain/governance/property-values';
import { kindOf, type NodeId } from '@headwater/domain/identifiers';
import type { ReadTime } from '@headwater/domain/reading/read-time';
import type { LineFault } from '../csv-cells.js';

/** CSV: a table as spreadsheets take it. JSON_LINES: an object a line. */
export type AssetFileFormat = 'CSV' | 'JSON_LINES';

export interface SaidOwner {
  readonly agent: NodeId;
  readonly role: string;
}

/** Values of a custom property, as texts. */
export interface SaidProperty {
  readonly property: NodeId;
  readonly values: readonly string[];
}

/** What a file says of an asset or of a field; of a field no domain, no owners and no properties. */
export interface Says {
  readonly description: string | null;
  readonly domain: NodeId | null;
  /** Who answers for it in the end, whichever edit, rule or producer says so. */
  readonly owners: readonly SaidOwner[];
  readonly tags: readonly string[];
  readonly terms: readonly NodeId[];
  /** By property. */
  readonly properties: readonly SaidProperty[];
}

/** One row that can be read. What it says nothing of is absent, and stays as it is. */
export interface AssetLine {
  /** Where the row begins, from 1. */
  readonly line: number;
  /** Of a dataset, a job or a field. */
  readonly id: NodeId;
  readonly says: Partial<Says>;
}

export interface AssetFile {
  readonly lines: readonly AssetLine[];
  /** Rows that cannot be read, in their order. */
  readonly faults: readonly LineFault[];
}

/** What the catalog holds of one node, as far as a file says it. */
export interface Held {
  readonly facts: readonly FactRow[];
  readonly owners: EffectiveOwners | undefined;
}

const KINDS: readonly FactKind[] = ['TAG', 'DESCRIPTION', 'DOMAIN', 'TERM', 'OWNER', 'PROPERTY'];

/** Of these assets and fields what holds at `time`, in as many statements for many as for one. */
export async function readHeld(
  catalog: Pick<CatalogReader, 'facts' | 'effectiveOwners'>,
  nodes: readonly NodeId[],
  time: ReadTime,
): Promise<ReadonlyMap<NodeId, Held>> {
  const [facts, owners] = await Promise.all([
    catalog.facts(nodes, KINDS, time),
    catalog.effectiveOwners(
      nodes.filter((id) => kindOf(id) !== 'FIELD'),
      time,
    ),
  ]);
  return new Map(nodes.map((id) => [id, { facts: facts.get(id) ?? [], owners: owners.get(id) }]));
}

/** What a file says of what holds. `documented`: what the schema says of a field that nobody describes otherwise. */
export function saysOf({ facts, owners }: Held, documented: string | null = null): Says {
  const valuesOf = (kind: FactKind): readonly string[] =>
    facts.filter((fact) => fact.kind === kind).map(({ value }) => value);
  return {
    description: (valuesOf('DESCRIPTION')[0] ?? documented)?.replaceAll(/\r\n?/g, '\n') ?? null,
    // Of several domains, of names that were merged, the first one holds.
    domain: (valuesOf('DOMAIN')[0] ?? null) as NodeId | null,
    owners: distinctOwners(owners?.owners ?? []),
    tags: distinct(valuesOf('TAG').map(inOneLine)),
    terms: distinct(valuesOf('TERM')) as readonly NodeId[],
    properties: heldProperties(facts),
  };
}

/** Of values of a property, of names that were merged, the first ones hold. */
function heldProperties(facts: readonly FactRow[]): readonly SaidProperty[] {
  const first = new Map<string, SaidProperty>();
  for (const { kind, value, detail } of facts)
    if (kind === 'PROPERTY' && !first.has(value))
      first.set(value, { property: value as NodeId, values: keptValues(detail) });
  return distinctProperties([...first.values()]);
}

/** Each property once, with all values given for it in their order; one without any is none. */
export function distinctProperties(said: readonly SaidProperty[]): readonly SaidProperty[] {
  const values = new Map<NodeId, string[]>();
  for (const one of said) values.set(one.property, [...(values.get(one.property) ?? []), ...one.values]);
  return [...values]
    .filter(([, all]) => all.length > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([property, all]) => ({ property, values: all }));
}

/** Each once, in the order of roles and agents. */
export function distinctOwners(owners: readonly SaidOwner[]): readonly SaidOwner[] {
  const byKey = new Map(owners.map(({ agent, role }) => [ownerKey({ agent, role }), { agent, role: inOneLine(role) }]));
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, owner]) => owner);
}

export function ownerKey({ agent, role }: SaidOwner): string {
  return JSON.stringify([inOneLine(role), agent]);
}

/** Each once, in the order of code units; empty ones are none. */
export function distinct(items: readonly string[]): readonly string[] {
  return [...new Set(items)].filter((item) => item !== '').sort();
}

/** As a cell gives it back: producers end and begin names with whatever they like. */
export function inOneLine(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n').trim();
}

/** One row of an export. */
export interface AssetRecord {
  readonly id: NodeId;
  readonly says: Says;
}
