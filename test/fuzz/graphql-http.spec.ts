import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { buildSchema, type GraphQLObjectType } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectRoot } from '../../scripts/build-project.mjs';
import { dataOf } from '../support/graphql.js';
import { brokenDocument, NASTY_BODIES, NASTY_DOCUMENTS } from './documents.js';
import { FuzzedProduct, SEED } from './fuzzed-product.js';
import { faultsOf } from './judge-answer.js';
import { drawOperation } from './operations.js';

const RUNS = Number(process.env['FUZZ_RUNS'] ?? '600');

const schema = buildSchema(readFileSync(join(projectRoot, 'apps/catalog-api/schema.graphql'), 'utf8'));
const roots: readonly GraphQLObjectType[] = [schema.getQueryType(), schema.getMutationType()].filter(
  (root) => root != null,
);
let product: FuzzedProduct;
let known: readonly string[];
const codes = new Map<string, number>();

beforeAll(async () => {
  product = await FuzzedProduct.start();
  known = await knownIds();
});
afterAll(() => product.stop());

/** Ids and names that are there, so that hostile values meet more than empty answers. */
async function knownIds(): Promise<readonly string[]> {
  const found = await dataOf<{
    search: {
      edges: { node: { id: string; displayName: string; namespace: string } }[];
      pageInfo: { endCursor: string };
    };
    events: { edges: { node: { position: string; body: { run?: { runId: string } } } }[] };
  }>(
    product.url,
    '{ search(first: 40) { edges { node { id displayName namespace } } pageInfo { endCursor } } events(first: 20) { edges { node { position body } } } }',
    {},
    product.headers,
  );
  const { search, events } = found;
  return [
    ...search.edges.flatMap(({ node }) => [node.id, node.displayName, node.namespace]),
    search.pageInfo.endCursor,
    ...events.edges.flatMap(({ node }) => [node.position, node.body.run?.runId ?? []].flat()),
  ];
}

async function send(body: string, headers: Readonly<Record<string, string>> = {}, path = '/graphql'): Promise<void> {
  const startedAt = performance.now();
  const isGet = path !== '/graphql';
  const response = await fetch(`${product.url}${path}`, {
    method: isGet ? 'GET' : 'POST',
    headers: { ...product.headers, ...headers },
    ...(isGet ? {} : { body }),
    signal: AbortSignal.timeout(30_000),
  });
  const text = await response.text();
  const ms = performance.now() - startedAt;
  const code = /"code":"(\w+)"/.exec(text)?.[1] ?? `HTTP ${String(response.status)}`;
  codes.set(code, (codes.get(code) ?? 0) + 1);
  const faults = faultsOf({ status: response.status, retryAfter: response.headers.get('retry-after'), text, ms });
  if (faults.length > 0) throw new Error(`${faults.join('\n')}\nfor ${path} ${body.slice(0, 4_000)}`);
}

const ask = (query: string, variables: unknown = {}): Promise<void> => send(JSON.stringify({ query, variables }));

test('operations of the schema with hostile values are answered or refused, never failed', async () => {
  const operations = async (count: number): Promise<void> => {
    const property = fc.asyncProperty(fc.gen(), fc.constantFrom(...roots), async (g, root) => {
      const { query, variables } = drawOperation(g, schema, root, known);
      await ask(query, variables);
    });
    await fc.assert(property, { seed: SEED, numRuns: count, endOnFailure: process.env['FUZZ_SHRINK'] === undefined });
  };
  await operations(Math.ceil(RUNS / 4));
  await product.warm();
  codes.clear();
  await operations(RUNS);
  process.stdout.write(`answers: ${JSON.stringify([...codes])}\n`);
  // Where all were refused, nothing behind the limits was tried.
  expect(codes.get('HTTP 200') ?? 0).toBeGreaterThan(RUNS / 10);
  await product.verdict('operations over HTTP');
}, 300_000);

test('broken documents are refused with their place', async () => {
  const documents = Object.values(NASTY_DOCUMENTS).filter(({ length }) => length > 0 && length < 3_000);
  const property = fc.asyncProperty(brokenDocument(documents), (document) => ask(document));
  await fc.assert(property, { seed: SEED, numRuns: RUNS, endOnFailure: true });
  await product.verdict('broken documents');
}, 300_000);

test.each(Object.entries(NASTY_DOCUMENTS))('a nasty document: %s', async (_, document) => {
  await ask(document);
  await send('', {}, `/graphql?query=${encodeURIComponent(document.slice(0, 6_000).toWellFormed())}`);
});

test.each(NASTY_BODIES)('a nasty body: %s %.60s', async (type, body) => {
  await send(body, { 'content-type': type });
});

test.each([
  '/graphql?query=%7Bstatus%7BlogId%7D%7D&variables=x',
  '/graphql?query=%7Bstatus%7BlogId%7D%7D&variables=%5B',
  '/graphql?query=%7Bstatus%7BlogId%7D%7D&variables=null&operationName=x',
  '/graphql?query=%7Bstatus%7BlogId%7D%7D&query=%7Bnope%7D',
  '/graphql?query[a]=1&query[]=2',
  '/graphql?query=%ff%fe',
  '/graphql?query=%',
  '/graphql?query=%00',
  '/graphql?__proto__[query]=1',
  '/graphql?variables=%7B%22a%22%3A1%7D',
  `/graphql?${'a=1&'.repeat(3_000)}`,
])('a nasty URL: %.60s', async (path) => {
  await send('', {}, path);
});

test('after all of it the product answers', () => product.verdict('nasty documents and bodies'));
