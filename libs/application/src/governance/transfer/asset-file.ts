import { kindOf } from '@headwater/domain/identifiers';
import { DEFAULT_ROLE } from '@headwater/domain/governance/effective-owners';
import { csvOf, listText } from '../csv-cells.js';
import type { AssetFileFormat, AssetRecord, SaidOwner, SaidProperty } from './asset-line.js';
import { NAME_COLUMNS, shownName } from './shown-name.js';

export const SAID_COLUMNS = ['description', 'domain', 'owners', 'tags', 'terms', 'properties'] as const;
export const COLUMNS = ['id', ...NAME_COLUMNS, ...SAID_COLUMNS] as const;
export type Column = (typeof COLUMNS)[number];

/**
 * Rows as a part of a file that `readAssetFile` takes back: parts after one another are the file. The same rows are the
 * same bytes. Of CSV the first part begins with the names of the columns.
 */
export function assetFilePart(records: readonly AssetRecord[], format: AssetFileFormat, isFirst: boolean): string {
  if (format === 'JSON_LINES') return records.map((record) => `${JSON.stringify(objectOf(record))}\n`).join('');
  const rows = records.map(({ id, says }) => {
    const { kind, namespace, name, field } = shownName(id);
    const owners = listText(says.owners.map(ownerText));
    const properties = listText(says.properties.flatMap(propertyTexts));
    const said = [says.description ?? '', says.domain ?? '', owners, listText(says.tags), listText(says.terms)];
    return [id, kind, namespace, name, field, ...said, properties];
  });
  return csvOf(isFirst ? [COLUMNS, ...rows] : rows);
}

function objectOf({ id, says }: AssetRecord): object {
  const { description, domain, owners, tags, terms, properties } = says;
  const named = { id, ...shownName(id) };
  // A field has no domain, no owners and no properties of its own.
  if (kindOf(id) === 'FIELD') return { ...named, description, tags, terms };
  return { ...named, description, domain, owners, tags, terms, properties };
}

/** `property:retention=30` for each value. */
function propertyTexts({ property, values }: SaidProperty): readonly string[] {
  return values.map((value) => `${property}=${value}`);
}

/** `agent:team:claims`, or `STEWARD=agent:team:claims` for a role other than OWNER. */
function ownerText({ agent, role }: SaidOwner): string {
  return role === DEFAULT_ROLE ? agent : `${role}=${agent}`;
}
