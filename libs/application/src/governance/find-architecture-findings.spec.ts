import type { FactRow } from '@headwater/domain/catalog';
import { acceptedValue } from '@headwater/domain/governance/accepted-findings';
import {
  ARCHITECTURE_FINDING_KINDS,
  findingsAbout,
  type ArchitectureFinding,
} from '@headwater/domain/governance/architecture-findings';
import {
  DOMAIN_LAYERS,
  withParts,
  type DataProductRow,
  type DataProductStatus,
  type DomainLayer,
  type DomainRow,
} from '@headwater/domain/governance/definition';
import { domainId, productId, type NodeId } from '@headwater/domain/identifiers';
import { dataset, edgeRow, hour, job, load, open } from '@headwater/store-contract/lineage-graph/rows';
import { MemoryLineageGraph } from '@headwater/store-contract/memory-lineage-graph';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FindArchitectureFindings, type ArchitectureReader } from './find-architecture-findings.js';

const DOMAINS = ['a', 'b', 'c', 'd'].map(domainId);
const DATASETS = ['x', 'y', 'z'].map(dataset);
const JOBS = ['p', 'q', 'r'].map(job);
const NOW = { at: hour(10), knownAt: hour(10) };

interface Model {
  /** By domain; those above come earlier, so that there is no cycle. */
  readonly parents: readonly (number | null)[];
  readonly layers: readonly (DomainLayer | null)[];
  readonly products: readonly { readonly domain: number | null; readonly status: DataProductStatus }[];
  /** Datasets that are ports, of which product. */
  readonly ports: readonly (readonly [dataset: number, product: number])[];
  readonly placed: ReadonlyMap<NodeId, number | null>;
  readonly deleted: readonly NodeId[];
  /** By dataset, as facts say it. */
  readonly accepted: readonly (readonly [NodeId, string])[];
  readonly reads: readonly { readonly from: NodeId; readonly to: NodeId; readonly isOver: boolean }[];
}

const maybe = (max: number) => fc.option(fc.nat({ max }));
const model: fc.Arbitrary<Model> = fc.record({
  parents: fc.tuple(fc.constant(null), maybe(0), maybe(1), maybe(2)),
  layers: fc.array(fc.option(fc.constantFrom(...DOMAIN_LAYERS), { freq: 2 }), { minLength: 4, maxLength: 4 }),
  products: fc.array(
    fc.record({
      domain: maybe(3),
      status: fc.constantFrom<DataProductStatus>('ACTIVE', 'ACTIVE', 'DEPRECATED', 'PROPOSED'),
    }),
    { minLength: 2, maxLength: 2 },
  ),
  ports: fc.uniqueArray(fc.tuple(fc.nat({ max: 2 }), fc.nat({ max: 1 })), {
    selector: (port) => port.join(),
    maxLength: 4,
  }),
  placed: fc
    .array(maybe(3), { minLength: 6, maxLength: 6 })
    .map((at) => new Map([...DATASETS, ...JOBS].map((id, index) => [id, at[index] ?? null]))),
  accepted: fc.array(
    fc
      .tuple(
        fc.constantFrom(...DATASETS),
        fc.constantFrom(...ARCHITECTURE_FINDING_KINDS),
        fc.constantFrom(...DOMAINS),
        fc.constantFrom(...JOBS),
      )
      .map(([on, kind, domain, by]) => [on, acceptedValue({ kind, domain, job: by })] as const),
    { maxLength: 40 },
  ),
  deleted: fc.subarray([...DATASETS, ...JOBS], { maxLength: 2 }),
  reads: fc.uniqueArray(
    fc.record({ from: fc.constantFrom(...DATASETS), to: fc.constantFrom(...JOBS), isOver: fc.boolean() }),
    { selector: ({ from, to }) => `${from} ${to}`, maxLength: 9 },
  ),
});

function fact(nodeId: NodeId, kind: 'DOMAIN' | 'PRODUCT', value: NodeId, since: number): FactRow {
  return {
    ...{ rowId: `${kind} ${nodeId} ${value}`, nodeKey: nodeId as never, nodeId, kind, value, detail: null },
    ...{ source: 'EDIT', producer: 'Ana', position: 1, validFrom: hour(since), validTo: null },
    ...{ recordedFrom: hour(1), recordedTo: null },
  };
}

function acceptance(nodeId: NodeId, value: string): FactRow {
  const row = fact(nodeId, 'DOMAIN', value as NodeId, 4);
  return { ...row, kind: 'ACCEPTED_FINDING', detail: `why ${value}` };
}

const at = (domain: number | null | undefined): NodeId | null =>
  domain === null || domain === undefined ? null : (DOMAINS[domain] ?? null);
const product = (index: number): NodeId => productId(`p${String(index)}`);

async function readerOf(given: Model): Promise<{ graph: MemoryLineageGraph; reader: ArchitectureReader }> {
  const graph = new MemoryLineageGraph();
  await load(
    graph,
    given.reads.map(({ from, to, isOver }) => open(edgeRow('READ', from, to, isOver ? { validTo: hour(5) } : {}))),
  );
  const row = { enteredBy: 'Ana', position: 1, validFrom: hour(0), validTo: null, recordedFrom: hour(0) };
  const domains = DOMAINS.map((id, index) => ({
    ...{ ...row, id, kind: 'DOMAIN', recordedTo: null },
    body: { name: id, parent: at(given.parents[index]), layer: given.layers[index] ?? null, isExternal: false },
  })) as unknown as readonly DomainRow[];
  const products = given.products.map(({ domain, status }, index) => ({
    ...{ ...row, id: product(index), kind: 'DATA_PRODUCT', recordedTo: null },
    body: { name: 'p', domain: at(domain), status },
  })) as unknown as readonly DataProductRow[];
  const placed = [...given.placed].flatMap(([id, domain]) => {
    const value = at(domain);
    return value === null ? [] : [fact(id, 'DOMAIN', value, id.startsWith('job:') ? 3 : 2)];
  });
  const ports = given.ports.map(([of, index]) => fact(DATASETS[of] ?? dataset('x'), 'PRODUCT', product(index), 1));
  const catalog = {
    definitionsOf: (kind: string) => Promise.resolve(kind === 'DOMAIN' ? domains : products),
    assets: (ids: readonly NodeId[]) =>
      Promise.resolve(new Map(ids.map((id) => [id, { deletedAt: given.deleted.includes(id) ? hour(4) : null }]))),
    facts: (ids: readonly NodeId[]) =>
      Promise.resolve(
        new Map(
          ids.map((id) => [id, given.accepted.flatMap(([on, value]) => (on === id ? [acceptance(id, value)] : []))]),
        ),
      ),
    placed: () => Promise.resolve(placed),
    outputPorts: (ids: readonly NodeId[]) =>
      Promise.resolve(new Map(ids.map((id) => [id, ports.filter(({ value }) => value === id)]))),
  } as unknown as ArchitectureReader['catalog'];
  return { graph, reader: { catalog, graph } };
}

/** The definitions word for word, one question after another. */
function byHand(given: Model): readonly string[] {
  const indexOf = (asset: NodeId): number | null => given.placed.get(asset) ?? null;
  const isIn = (domain: number | null, above: number): boolean =>
    domain !== null && (domain === above || isIn(given.parents[domain] ?? null, above));
  const layer = (domain: number | null): number | null => {
    if (domain === null) return null;
    const own = given.layers[domain] ?? null;
    return own === null ? layer(given.parents[domain] ?? null) : DOMAIN_LAYERS.indexOf(own);
  };
  const portsOf = (domain: number): readonly NodeId[] =>
    given.ports.flatMap(([of, index]) => {
      const offered = given.products[index];
      const isPort = offered !== undefined && offered.status !== 'PROPOSED' && isIn(offered.domain, domain);
      const port = DATASETS[of] ?? dataset('x');
      return isPort && !given.deleted.includes(port) ? [port] : [];
    });
  return given.reads
    .filter(({ isOver, from, to }) => !isOver && !given.deleted.includes(from) && !given.deleted.includes(to))
    .flatMap(({ from, to }) => {
      const [stands, reads] = [indexOf(from), indexOf(to)];
      if (stands === null || reads === null) return [];
      const around = [0, 1, 2, 3].filter((domain) => isIn(stands, domain) && !isIn(reads, domain));
      const isPublished = around.some((domain) => portsOf(domain).includes(from));
      const passed = isPublished ? [] : around.filter((domain) => portsOf(domain).length > 0);
      const nearest = passed.find((domain) => passed.every((other) => isIn(domain, other)));
      const [high, low] = [layer(stands), layer(reads)];
      return [
        ...(nearest === undefined ? [] : [`BYPASSES_PORT ${at(nearest) ?? ''} ${to} ${from}`]),
        ...(high !== null && low !== null && high > low ? [`POINTS_UP_A_LAYER ${at(stands) ?? ''} ${to} ${from}`] : []),
      ];
    })
    .sort();
}

const told = (findings: readonly ArchitectureFinding[]): readonly string[] =>
  findings.map(({ kind, domain, job: by, dataset: of }) => `${kind} ${domain} ${by} ${of}`).sort();

test('findings are what the definitions say, whatever the domains, ports and reads', async () => {
  await fc.assert(
    fc.asyncProperty(model, async (given) => {
      const { graph, reader } = await readerOf(given);
      const find = new FindArchitectureFindings({ graph, clock: { now: () => NOW.at } });
      const found = await find.execute(reader, NOW);
      expect(told(found)).toEqual(byHand(given));
      expect(found.every(({ since }) => since === hour(3))).toBe(true);
      for (const { acceptance: of, ...one } of found) {
        const value = acceptedValue(one);
        const isAccepted = given.accepted.some(([on, said]) => on === one.dataset && said === value);
        expect(of?.reason).toBe(isAccepted ? `why ${value}` : undefined);
      }
    }),
    { numRuns: 400 },
  );
});

test('of one domain are told those of all in which it or a part of it is read or reads', async () => {
  await fc.assert(
    fc.asyncProperty(model, fc.constantFrom(...DOMAINS), async (given, domain) => {
      const { graph, reader } = await readerOf(given);
      const find = new FindArchitectureFindings({ graph, clock: { now: () => NOW.at } });
      const rows = await reader.catalog.definitionsOf('DOMAIN', NOW);
      const all = await find.execute(reader, NOW);
      expect(await find.execute(reader, NOW, domain)).toEqual(findingsAbout(all, withParts([domain], rows)));
    }),
    { numRuns: 200 },
  );
});
