import type { CatalogReader } from '@headwater/domain/catalog-reader';
import { HeadwaterError } from '@headwater/domain/errors';
import {
  readAcceptedValue,
  textOf,
  toAcceptance,
  type FindingAcceptance,
} from '@headwater/domain/governance/accepted-findings';
import {
  ArchitectureJudge,
  compareFindings,
  type ArchitectureFinding,
  type JobRead,
  type JudgedFinding,
  type Placement,
} from '@headwater/domain/governance/architecture-findings';
import { withParts, type DataProductRow, type DomainRow } from '@headwater/domain/governance/definition';
import { kindOf, type NodeId } from '@headwater/domain/identifiers';
import type { Clock, LineageGraph } from '@headwater/domain/ports';
import type { ReadTime } from '@headwater/domain/reading/read-time';
import type { DefinitionReader, FactReader } from '@headwater/domain/reading/schema-reader';
import { fixMoment } from '@headwater/domain/traversal/moment';
import type { Micros } from '@headwater/domain/time';

/** What one caller may see of it: findings are of that, as if there were nothing else. */
export interface ArchitectureReader {
  readonly catalog: Pick<FactReader, 'placed' | 'outputPorts' | 'facts'> &
    Pick<DefinitionReader, 'definitionsOf'> &
    Pick<CatalogReader, 'assets'>;
  readonly graph: Pick<LineageGraph, 'canonical' | 'expand'>;
}

export interface ArchitecturePorts {
  readonly graph: LineageGraph;
  readonly clock: Clock;
}

const TRIP_ASSETS = 1_000;
const TRIP_EDGES = 50_000;
/** No answer looks at more reads than these: it would hold them all. */
const MOST_READS = 500_000;

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
    const ports = await reader.catalog.outputPorts(publishing(products), time);
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
      published: portsByDomain(products, (id) =>
        (ports.get(id) ?? []).map(({ nodeId }) => idOf(nodeId)).filter((port) => !gonePorts.has(port)),
      ),
      placements,
    });
    const reads = await this.#reads(reader, placements, judge, { at: time.at, knownAt }, within(domain, domains));
    const found = reads.flatMap((read) => judge.findingsOf(read));
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
    const jobs: NodeId[] = [];
    for (const [asset, { domain }] of placements) {
      const isAsked = asked === null || asked.has(domain);
      if (isAsked && kindOf(asset) === 'DATASET' && judge.matters(domain)) datasets.push(asset);
      else if (isAsked && kindOf(asset) === 'JOB' && asked !== null) jobs.push(asset);
    }
    const found = new Map<string, JobRead>();
    const budget = { left: MOST_READS };
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
  time: ReadTime,
  budget: { left: number },
  limit = TRIP_EDGES,
): Promise<readonly JobRead[]> {
  const found: JobRead[] = [];
  for (let at = 0; at < assets.length; at += TRIP_ASSETS) {
    const part = assets.slice(at, at + TRIP_ASSETS);
    const { edges, truncated } = await graph.expand(
      part.map((node) => ({ node })),
      { direction, valid: { at: time.at }, knownAt: time.knownAt, kinds: ['READ'], limit },
    );
    if (!truncated) budget.left -= edges.length;
    if (budget.left < 0 || (truncated && limit > MOST_READS))
      throw new HeadwaterError(
        'LIMIT_EXCEEDED',
        `There are more than ${MOST_READS} reads between jobs and datasets of these domains: ask about one domain at a time`,
        { reason: 'ARCHITECTURE' },
      );
    if (!truncated)
      found.push(...edges.map(({ from, to, rows }) => ({ dataset: from, job: to, since: earliest(rows) })));
    else if (part.length === 1) found.push(...(await readsOf(graph, part, direction, time, budget, limit * 10)));
    else {
      const middle = Math.ceil(part.length / 2);
      for (const half of [part.slice(0, middle), part.slice(middle)])
        found.push(...(await readsOf(graph, half, direction, time, budget, limit)));
    }
  }
  return found;
}

/** Nobody should rely yet on what is only proposed: it is no way in. */
function publishing(products: readonly DataProductRow[]): readonly NodeId[] {
  return products.filter(({ body }) => body.domain !== null && body.status !== 'PROPOSED').map(({ id }) => id);
}

function portsByDomain(
  products: readonly DataProductRow[],
  portsOf: (product: NodeId) => readonly NodeId[],
): ReadonlyMap<NodeId, ReadonlySet<NodeId>> {
  const ports = new Map<NodeId, Set<NodeId>>();
  for (const { id, body } of products) {
    if (body.domain === null) continue;
    const of = ports.get(body.domain) ?? new Set();
    for (const port of portsOf(id)) of.add(port);
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
