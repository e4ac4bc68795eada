import { datasetId, fieldId, jobId, type NodeId } from '@headwater/domain/identifiers';
import { LATEST } from '@headwater/domain/reading/read-time';
import type { PageRequest } from '@headwater/domain/page';
import type { SearchRequest } from '@headwater/domain/search';
import { expect, test } from 'vitest';
import { exportAssets, type ExportView, type FilePart } from './export-assets.js';

const TIME = { at: LATEST, knownAt: LATEST };
const WIDTHS: readonly (readonly [id: NodeId, fields: number])[] = [
  [datasetId('shop', 'a'), 3],
  [datasetId('shop', 'b'), 250],
  [jobId('shop', 'c'), 0],
  [datasetId('shop', 'd'), 2],
  [datasetId('shop', 'e'), 120],
  [datasetId('shop', 'f'), 0],
];

/** Counts how many fields are read. */
class Catalog {
  fieldsRead = 0;

  readonly view = {
    search: {
      search: ({ page: { first, after } }: SearchRequest) => {
        const begin = after === null ? 0 : Number(after) + 1;
        const hits = WIDTHS.slice(begin, begin + first).map(([id], index) => ({ id, cursor: String(begin + index) }));
        return Promise.resolve({ hits, hasNextPage: begin + first < WIDTHS.length, totalCount: WIDTHS.length });
      },
    },
    catalog: {
      fieldsOfDatasets: (ids: readonly NodeId[], _: unknown, { first, after }: PageRequest) => {
        const begin = after === null ? 0 : Number(after) + 1;
        const pages = ids.map((id) => {
          const width = new Map(WIDTHS).get(id) ?? 0;
          const items = Array.from({ length: Math.max(0, Math.min(first, width - begin)) }, (_, n) => ({
            cursor: String(begin + n),
            item: { id: fieldId(id, [`f${String(begin + n)}`]) },
          }));
          this.fieldsRead += items.length;
          return [id, { items, hasNextPage: begin + first < width }] as const;
        });
        return Promise.resolve(new Map(pages));
      },
      fields: () => Promise.resolve(new Map()),
      facts: () => Promise.resolve(new Map()),
      effectiveOwners: () => Promise.resolve(new Map()),
    },
  } as unknown as ExportView;
}

const WANTED = { text: '', filter: {}, withFields: true } as const;

async function partsOf(format: 'CSV' | 'JSON_LINES', most: number): Promise<readonly FilePart[]> {
  const parts: FilePart[] = [];
  for (let after: string | null = null; ;) {
    const part = await exportAssets(new Catalog().view, { ...WANTED, format }, { first: 100, after }, TIME, most);
    parts.push(part);
    if (!part.hasNextPage) return parts;
    after = part.endCursor;
  }
}

test.each(['CSV', 'JSON_LINES'] as const)(
  'a part of %s has as many rows as may be, or one asset, and parts are the file',
  async (format) => {
    const [whole, ...none] = await partsOf(format, 1_000);
    expect(none).toEqual([]);
    expect(whole).toMatchObject({ assets: 6, hasNextPage: false, endCursor: '5' });
    const parts = await partsOf(format, 10);
    expect(parts.map(({ assets }) => assets)).toEqual([1, 1, 2, 1, 1]);
    expect(parts.map(({ text }) => text).join('')).toBe(whole?.text);
    expect((await partsOf(format, 255)).map(({ assets }) => assets)).toEqual([2, 4]);
    expect((await partsOf(format, 254)).map(({ assets }) => assets)).toEqual([1, 2, 3]);
  },
);

test('tables that are left out are not read to their ends', async () => {
  const catalog = new Catalog();
  await exportAssets(catalog.view, { ...WANTED, format: 'CSV' }, { first: 100, after: null }, TIME, 10);
  // The first hundred of each, by which it shows.
  expect(catalog.fieldsRead).toBe(3 + 100 + 2 + 100);
});
