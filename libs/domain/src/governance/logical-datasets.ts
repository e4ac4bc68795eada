import type { NodeId } from '../identifiers.js';
import type { Page, PageRequest } from '../page.js';
import { pageByName, sortedByName } from './by-name.js';
import type { LogicalDatasetRow } from './definition.js';

export interface LogicalDatasetFilter {
  /** Words that name, key or description have, each somewhere, without regard to case; '': all. */
  readonly text: string;
  /** Only what is in one of these, exactly: whoever asks names the domains below them too; null: in any or in none. */
  readonly domains: readonly NodeId[] | null;
}

/** A page of the logical datasets that fit, by name and then by id. INVALID_INPUT for a cursor of another list. */
export function pageOfLogical(
  rows: readonly LogicalDatasetRow[],
  { text, domains }: LogicalDatasetFilter,
  page: PageRequest,
): Page<LogicalDatasetRow> {
  const words = fold(text).split(/\s+/u).filter(Boolean);
  const fitting = rows.filter(({ id, body: { name, description, domain } }) => {
    const said = fold(`${name} ${decodeURIComponent(id.slice('logical:'.length))} ${description ?? ''}`);
    const isWithin = domains === null || (domain !== null && domains.includes(domain));
    return isWithin && words.every((word) => said.includes(word));
  });
  return pageByName('logicalDatasets', sortedByName(fitting), page);
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
