import type { CatalogReader } from '@headwater/domain/catalog-reader';
import { coded, HeadwaterError } from '@headwater/domain/errors';
import { kindOf, type NodeId } from '@headwater/domain/identifiers';
import { MAX_PAGE, type PageRequest } from '@headwater/domain/page';
import type { ReadTime } from '@headwater/domain/reading/read-time';
import type { CatalogSearch, SearchFilter } from '@headwater/domain/search';
import { assetFilePart } from './asset-file.js';
import { MOST_ROWS } from './plan-import.js';
import { readHeld, saysOf, type AssetFileFormat, type AssetRecord } from './asset-line.js';

export interface ExportView {
  readonly catalog: Pick<CatalogReader, 'fields' | 'fieldsOfDatasets' | 'facts' | 'effectiveOwners'>;
  readonly search: Pick<CatalogSearch, 'search'>;
}

export interface WantedExport {
  readonly text: string;
  readonly filter: SearchFilter;
  readonly format: AssetFileFormat;
  /** Whether each dataset is followed by its fields. */
  readonly withFields: boolean;
}

export interface FilePart {
  readonly text: string;
  readonly assets: number;
  /** Of all parts. */
  readonly totalCount: number;
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

/**
 * The next assets of all that a search finds, by name, as a part of a file: fewer than the page has where they would have
 * more than `mostRows` rows, and one at least. Throws INVALID_INPUT where nothing has all words of the text, as
 * {@link CatalogSearch.search} does for the rest.
 */
export async function exportAssets(
  { catalog, search }: ExportView,
  { text, filter, format, withFields }: WantedExport,
  page: PageRequest,
  time: ReadTime,
  mostRows = MOST_ROWS,
): Promise<FilePart> {
  const { hits, hasNextPage, totalCount, isFuzzy } = await search.search({ text, filter, order: 'NAME', page });
  // What comes near a search is for people to choose from.
  if (isFuzzy && totalCount > 0)
    throw new HeadwaterError('INVALID_INPUT', 'Nothing has all of these words', {
      faults: [{ pointer: '/query', ...coded('NOTHING_FOUND', 'has words that no asset has all of: leave out some') }],
    });
  const found = hits.map(({ id }) => id);
  const fieldsOf = withFields ? await fieldsNow(catalog, found, time, mostRows) : new Map(found.map((id) => [id, []]));
  const documented = await catalog.fields([...fieldsOf.values()].flat());
  const nodes = [...fieldsOf].flatMap(([id, fields]) => [id, ...fields]);
  const held = await readHeld(catalog, nodes, time);
  const records = nodes.map((id): AssetRecord => {
    const says = saysOf(held.get(id) ?? { facts: [], owners: undefined }, documented.get(id)?.description);
    return { id, says };
  });
  return {
    text: assetFilePart(records, format, page.after === null),
    assets: fieldsOf.size,
    totalCount,
    hasNextPage: hasNextPage || fieldsOf.size < hits.length,
    endCursor: hits[fieldsOf.size - 1]?.cursor ?? null,
  };
}

/**
 * All fields that assets have now, in the order of their schemas: of the first assets, as many as have at most `most` rows,
 * and one at least. Jobs have none.
 */
async function fieldsNow(
  catalog: ExportView['catalog'],
  assets: readonly NodeId[],
  { knownAt }: ReadTime,
  most: number,
): Promise<ReadonlyMap<NodeId, readonly NodeId[]>> {
  const fields = new Map<NodeId, NodeId[]>(assets.map((id) => [id, []]));
  const datasets = assets.filter((id) => kindOf(id) === 'DATASET');
  let open = new Map<string | null, readonly NodeId[]>([[null, datasets]]);
  // Those that go on from the same place are read together.
  while (open.size > 0) {
    const next = new Map<string | null, NodeId[]>();
    for (const [after, of] of open) {
      const wanted = of.filter((id) => fields.has(id));
      if (wanted.length === 0) continue;
      const pages = await catalog.fieldsOfDatasets(wanted, { at: null, knownAt }, { first: MAX_PAGE, after });
      for (const [id, { items, hasNextPage, endCursor }] of pages) {
        fields.get(id)?.push(...items.map(({ item }) => item.id));
        const cursor = endCursor ?? items.at(-1)?.cursor;
        if (hasNextPage && cursor !== undefined) next.set(cursor, [...(next.get(cursor) ?? []), id]);
      }
      // While some are read in part already, so that wide tables are not read for nothing.
      leaveOut(fields, most);
    }
    open = next;
  }
  return fields;
}

/** Those behind the first that come to more rows than `most`. */
function leaveOut(fields: Map<NodeId, readonly NodeId[]>, most: number): void {
  let rows = 0;
  for (const [index, [id, of]] of [...fields].entries()) {
    rows += 1 + of.length;
    if (index > 0 && rows > most) fields.delete(id);
  }
}
