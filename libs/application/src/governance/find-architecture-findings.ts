import type { CatalogReader } from '@headwater/domain/catalog-reader';
import { readAcceptedValue, textOf, toAcceptance } from '@headwater/domain/governance/accepted-findings';
import {
  ArchitectureJudge,
  compareFindings,
  findingsAbout,
  type ArchitectureFinding,
  type FindingAcceptance,
  type JobRead,
  type JudgedFinding,
  type Placement,
} from '@headwater/domain/governance/architecture-findings';
import {
  withParts,
  type DataProductRow,
  type DefinitionRow,
  type DomainRow,
} from '@headwater/domain/governance/definition';
import { kindOf, type NodeId } from '@headwater/domain/identifiers';
import type { Clock, LineageGraph } from '@headwater/domain/ports';
import type { ReadTime } from '@headwater/domain/reading/read-time';
import type { DefinitionReader, FactReader } from '@headwater/domain/reading/schema-reader';
import { fixMoment } from '@headwater/domain/traversal/moment';
import type { Micros } from '@headwater/domain/time';
import { settledSince } from '@headwater/domain/governance/settled-since';
import { edgeBudget, expandInTrips, type EdgeBudget } from './expand-in-trips.js';

/** What one caller may see of it: findings are of that, as if there were nothing else. */
export interface ArchitectureReader {
  readonly catalog: Pick<FactReader, 'placed' | 'outputPorts' | 'facts'> &
    Pick<DefinitionReader, 'definitionsOf' | 'definitionHistory'> &
    Pick<CatalogReader, 'assets'>;
  readonly graph: Pick<LineageGraph, 'canonical' | 'expand'>;
}

export interface ArchitecturePorts {
  readonly graph: LineageGraph;
  readonly clock: Clock;
}

/** Reads that pass by the ports of a domain or point up a layer, at one moment. */
export class FindArchitectureFindings {
  constructor(private readonly ports: ArchitecturePorts) {}

  /**
   * All of them, in the order of `compareFindings`; of a `domain`, those in which it or one of its parts is read or reads.
   * Throws LIMIT_EXCEEDED behind half a million reads, UNAVAILABLE when a store is away.
   */
  async execute(
    reader: ArchitectureReader,
    time: ReadTime,
    domain: NodeId | null = null,
  ): Promise<readonly JudgedFinding[]> {
    const { knownAt } = await fixMoment(this.ports, { asOf: time.at, knownAt: time.knownAt });
    const [domains, products, placed] = await Promise.all([
      reader.catalog.definitionsOf('DOMAIN', time),
      reader.catalog.definitionsOf('DATA_PRODUCT', time),
      reader.catalog.placed(time),
    ]);
    const published = publishing(products);
    const [ports, history] = await Promise.all([
      reader.catalog.outputPorts(published, time),
      reader.catalog.definitionHistory([...domains.map(({ id }) => id), ...published], knownAt),
    ]);
    const named = [...placed, ...[...ports.values()].flat()].map(({ nodeId }) => nodeId);
    const canonical = await reader.graph.canonical([...new Set(named)], knownAt);
    const idOf = (node: NodeId): NodeId => canonical.get(node) ?? node;
    const placements = new Map<NodeId, Placement>();
    // The strongest fact comes first.
    for (const { nodeId, value, validFrom: since } of placed)
      if (!placements.has(idOf(nodeId))) placements.set(idOf(nodeId), { domain: value as NodeId, since });
    const portIds = [...ports.values()].flat().map(({ nodeId }) => idOf(nodeId));
    const gonePorts = await deletedOf(reader, portIds, time);
    const judge = new ArchitectureJudge({
      domains: new Map(domains.map(({ id, body }) => [id, body])),
      published: portsByDomain(
        products,
        (id) =>
          (ports.get(id) ?? [])
            .map(({ nodeId, validFrom }) => [idOf(nodeId), validFrom] as const)
            .filter(([port]) => !gonePorts.has(port)),
        ({ id, body }) =>
          settledSince<DefinitionRow['body']>(
            history.get(id) ?? [],
            time.at,
            (then) => isPublishing(then) && then.domain === body.domain,
          ),
      ),
      settled: new Map(
        domains.map(({ id, body }) => [
          id,
          {
            parent: settledSince<DefinitionRow['body']>(
              history.get(id) ?? [],
              time.at,
              (then) => 'parent' in then && then.parent === body.parent,
            ),
            layer: settledSince<DefinitionRow['body']>(
              history.get(id) ?? [],
              time.at,
              (then) => 'layer' in then && then.layer === body.layer,
            ),
          },
        ]),
      ),
      placements,
    });
    const reads = await this.#reads(reader, placements, judge, { at: time.at, knownAt }, within(domain, domains));
    const made = await madeOf(reader, reads, judge, placements, { at: time.at, knownAt });
    const goneMade = await deletedOf(
      reader,
      [...made.values()].flat().map(({ dataset }) => dataset),
      time,
    );
    const judged = reads.flatMap((read) => {
      const of = made.get(`${read.dataset} ${read.job}`) ?? [];
      return judge.findingsOf(
        read,
        of.filter(({ dataset }) => !goneMade.has(dataset)),
      );
    });
    const found = domain === null ? judged : findingsAbout(judged, withParts([domain], domains));
    const gone = await deletedOf(
      reader,
      found.flatMap(({ dataset, job }) => [dataset, job]),
      time,
    );
    const standing = found.filter(({ dataset, job }) => !gone.has(dataset) && !gone.has(job)).sort(compareFindings);
    const accepted = await acceptancesOf(reader, standing, time, knownAt);
    return standing.map((one) => ({ ...one, acceptance: accepted.get(textOf(one)) ?? null }));
  }

  /** Reads of what is in a domain that matters; where only some domains are asked for, those with an end in one of them. */
  async #reads(
    { graph }: ArchitectureReader,
    placements: ReadonlyMap<NodeId, Placement>,
    judge: ArchitectureJudge,
    time: ReadTime,
    asked: ReadonlySet<NodeId> | null,
  ): Promise<readonly JobRead[]> {
    const datasets: NodeId[] = [];
    const targets: NodeId[] = [];
    const jobs: NodeId[] = [];
    for (const [asset, { domain }] of placements) {
      const isAsked = asked === null || asked.has(domain);
      if (isAsked && kindOf(asset) === 'DATASET' && judge.matters(domain)) datasets.push(asset);
      else if (isAsked && kindOf(asset) === 'JOB' && asked !== null) jobs.push(asset);
      if (isAsked && kindOf(asset) === 'DATASET' && asked !== null) targets.push(asset);
    }
    const found = new Map<string, JobRead>();
    const budget = edgeBudget();
    jobs.push(...(await makersOf(graph, targets.sort(), judge, time, budget)));
    for (const [assets, direction] of [[datasets, 'DOWNSTREAM'] as const, [jobs, 'UPSTREAM'] as const])
      for (const read of await readsOf(graph, assets.sort(), direction, time, budget))
        found.set(`${read.dataset} ${read.job}`, read);
    return [...found.values()];
  }
}

/** What of these findings was accepted by then, by `textOf`. A job is meant by any of its names. */
async function acceptancesOf(
  { catalog, graph }: ArchitectureReader,
  findings: readonly ArchitectureFinding[],
  time: ReadTime,
  knownAt: Micros,
): Promise<ReadonlyMap<string, FindingAcceptance>> {
  if (findings.length === 0) return new Map();
  const facts = await catalog.facts([...new Set(findings.map(({ dataset }) => dataset))], ['ACCEPTED_FINDING'], time);
  const said = [...facts].flatMap(([dataset, rows]) =>
    rows.flatMap((row) => {
      const of = readAcceptedValue(row.value);
      return of === undefined ? [] : [{ row, key: { ...of, dataset } }];
    }),
  );
  if (said.length === 0) return new Map();
  const canonical = await graph.canonical([...new Set(said.map(({ key }) => key.job))], knownAt);
  const accepted = new Map<string, FindingAcceptance>();
  // The latest fact comes first.
  for (const { row, key } of said) {
    const text = textOf({ ...key, job: canonical.get(key.job) ?? key.job });
    if (!accepted.has(text)) accepted.set(text, toAcceptance(row));
  }
  return accepted;
}

/** Those of the assets that were deleted by then. */
async function deletedOf(
  { catalog }: ArchitectureReader,
  assets: readonly NodeId[],
  { at, knownAt }: ReadTime,
): Promise<ReadonlySet<NodeId>> {
  if (assets.length === 0) return new Set();
  const found = await catalog.assets([...new Set(assets)], knownAt);
  return new Set([...found].flatMap(([id, { deletedAt }]) => (deletedAt !== null && deletedAt <= at ? [id] : [])));
}

async function readsOf(
  graph: ArchitectureReader['graph'],
  assets: readonly NodeId[],
  direction: 'UPSTREAM' | 'DOWNSTREAM',
  { at, knownAt }: ReadTime,
  budget: EdgeBudget,
): Promise<readonly JobRead[]> {
  const options = { direction, valid: { at }, knownAt, kinds: ['READ'] } as const;
  const entries = assets.map((node) => ({ node }));
  return (await expandInTrips(graph, entries, options, budget)).map(({ edge: { from, to, rows } }) => ({
    ...{ dataset: from, job: to, since: earliest(rows) },
  }));
}

/** Jobs without a domain that make one of these datasets. */
async function makersOf(
  graph: ArchitectureReader['graph'],
  datasets: readonly NodeId[],
  judge: ArchitectureJudge,
  { at, knownAt }: ReadTime,
  budget: EdgeBudget,
): Promise<readonly NodeId[]> {
  const options = { direction: 'UPSTREAM', valid: { at }, knownAt, kinds: ['WRITE'] } as const;
  const edges = await expandInTrips(
    graph,
    datasets.map((node) => ({ node })),
    options,
    budget,
  );
  return [...new Set(edges.map(({ edge }) => edge.from))].filter((job) => !judge.isPlaced(job));
}

/** Of each read by a job without a domain where what the job makes of it is, and since when. */
async function madeOf(
  { graph }: ArchitectureReader,
  reads: readonly JobRead[],
  judge: ArchitectureJudge,
  placements: ReadonlyMap<NodeId, Placement>,
  { at, knownAt }: ReadTime,
): Promise<ReadonlyMap<string, readonly (Placement & { readonly dataset: NodeId })[]>> {
  const unplaced = reads.filter(({ dataset, job }) => judge.isPlaced(dataset) && !judge.isPlaced(job));
  const entries = unplaced.map(({ dataset, job }) => ({ node: job, arrivedBy: dataset }));
  const options = { direction: 'DOWNSTREAM', valid: { at }, knownAt, kinds: ['WRITE'] } as const;
  const made = new Map<string, (Placement & { readonly dataset: NodeId })[]>();
  for (const { entry, edge } of await expandInTrips(graph, entries, options, edgeBudget())) {
    const place = placements.get(edge.to);
    if (place === undefined) continue;
    const key = `${entry.arrivedBy} ${entry.node}`;
    const since = Math.max(place.since, earliest(edge.rows));
    made.set(key, [...(made.get(key) ?? []), { domain: place.domain, since, dataset: edge.to }]);
  }
  return made;
}

/** Nobody should rely yet on what is only proposed: it is no way in. */
function isPublishing(body: DefinitionRow['body']): body is DataProductRow['body'] {
  return 'status' in body && 'domain' in body && body.domain !== null && body.status !== 'PROPOSED';
}

function publishing(products: readonly DataProductRow[]): readonly NodeId[] {
  return products.filter(({ body }) => isPublishing(body)).map(({ id }) => id);
}

/** `since`: since when a product publishes where it does. */
function portsByDomain(
  products: readonly DataProductRow[],
  portsOf: (product: NodeId) => readonly (readonly [NodeId, Micros])[],
  since: (product: DataProductRow) => Micros,
): ReadonlyMap<NodeId, ReadonlyMap<NodeId, Micros>> {
  const ports = new Map<NodeId, Map<NodeId, Micros>>();
  for (const product of products) {
    const { id, body } = product;
    if (!isPublishing(body) || body.domain === null) continue;
    const of = ports.get(body.domain) ?? new Map<NodeId, Micros>();
    for (const [port, stated] of portsOf(id))
      of.set(port, Math.min(of.get(port) ?? Infinity, Math.max(stated, since(product))));
    if (of.size > 0) ports.set(body.domain, of);
  }
  return ports;
}

function within(domain: NodeId | null, domains: readonly DomainRow[]): ReadonlySet<NodeId> | null {
  return domain === null ? null : new Set(withParts([domain], domains));
}

function earliest(rows: readonly { readonly validFrom: Micros }[]): Micros {
  return rows.reduce((since, { validFrom }) => Math.min(since, validFrom), Infinity);
}
