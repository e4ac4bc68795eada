import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventsWithHiddenNamespace, SEEN } from '../support/hidden-namespace.js';
import { CatalogApp } from './catalog-app.js';

let catalog: CatalogApp;

beforeAll(async () => {
  catalog = await CatalogApp.start({ auth: 'on' });
  await catalog.take(eventsWithHiddenNamespace());
});
afterAll(() => catalog.close());

interface Found {
  readonly status: {
    readonly findings: readonly { readonly code: string; readonly count: number; readonly isExact: boolean }[];
  };
  readonly findings: {
    readonly edges: readonly { readonly node: { readonly code: string } }[];
    readonly pageInfo: { readonly hasNextPage: boolean };
  };
}

const QUERY = `{ status { findings { code count isExact } }
  findings(first: 100) { edges { node { code } } pageInfo { hasNextPage } } }`;

/** How many findings somebody may see, once the counts were found to be those of the list. */
async function counted(headers: { readonly authorization: string }): Promise<number> {
  const { status, findings } = await catalog.data<Found>(QUERY, {}, headers);
  expect(findings.pageInfo.hasNextPage).toBe(false);
  const codes = findings.edges.map(({ node }) => node.code);
  const counts = [...new Set(codes)].map((code) => {
    const count = codes.filter((one) => one === code).length;
    return { code, count, isExact: true };
  });
  expect(status.findings).toEqual(counts.sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1)));
  return codes.length;
}

test('findings are counted of what the caller may see, as they are listed', async () => {
  const all = await counted(await catalog.readerOf(null));
  const seen = await counted(await catalog.readerOf(SEEN));
  expect(seen).toBeGreaterThan(0);
  expect(seen).toBeLessThan(all);
  expect(await counted(await catalog.readerOf(['nowhere']))).toBe(0);
});
