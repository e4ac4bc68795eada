import type { NodeId } from '../identifiers.js';
import { decodeCursor, encodeCursor, type CursorPart, type Page, type PageRequest } from '../page.js';
import type { Micros } from '../time.js';
import { DOMAIN_LAYERS, layerOf, upwards, type DomainDefinition, type DomainLayer } from './definition.js';

/**
 * BYPASSES_PORT: a job of another domain reads a dataset that is no published port of a domain that has some.
 * POINTS_UP_A_LAYER: a job of a lower layer reads a dataset of a higher one.
 */
export const ARCHITECTURE_FINDING_KINDS = ['BYPASSES_PORT', 'POINTS_UP_A_LAYER'] as const;
export type ArchitectureFindingKind = (typeof ARCHITECTURE_FINDING_KINDS)[number];

/** That somebody lets a finding stand. */
export interface FindingAcceptance {
  readonly enteredBy: string | null;
  readonly reason: string | null;
  readonly since: Micros;
  /** Where in the log the edit is that says so. */
  readonly position: number;
}

/** In which domain something is, and since when. */
export interface Placement {
  readonly domain: NodeId;
  readonly since: Micros;
}

/** That a job reads a dataset; both by canonical id. */
export interface JobRead {
  readonly dataset: NodeId;
  readonly job: NodeId;
  readonly since: Micros;
}

/** Since when a domain has the parent that it has, or none, and since when the layer of its own, or none. */
export interface Settled {
  readonly parent: Micros;
  readonly layer: Micros;
}

/** Domains as they stand at one moment, what they publish, and what is in them. */
export interface Architecture {
  readonly domains: ReadonlyMap<NodeId, Pick<DomainDefinition, 'parent' | 'layer'>>;
  /** Published ports with since when, by the domain of their data product alone; those of its parts are counted in here. */
  readonly published: ReadonlyMap<NodeId, ReadonlyMap<NodeId, Micros>>;
  readonly settled: ReadonlyMap<NodeId, Settled>;
  readonly placements: ReadonlyMap<NodeId, Placement>;
}

export interface ArchitectureFinding {
  readonly kind: ArchitectureFindingKind;
  readonly dataset: NodeId;
  readonly job: NodeId;
  /** BYPASSES_PORT: whose ports are passed by. POINTS_UP_A_LAYER: the one that the dataset is in. */
  readonly domain: NodeId;
  /** The one that the dataset is in: `domain`, or a part of it. */
  readonly standsIn: NodeId;
  /** The one that the job is in; where it is in none, that of a dataset that it makes of what it reads. */
  readonly readBy: NodeId;
  /** Layers that the two domains are on, inherited ones too; null: on none. */
  readonly layer: DomainLayer | null;
  readonly readByLayer: DomainLayer | null;
  /** Since when all of it is so: the read, the domains of both, the layers, and that the domain publishes another. */
  readonly since: Micros;
}

/** A finding, and who lets it stand; null: nobody does, it is open. */
export interface JudgedFinding extends ArchitectureFinding {
  readonly acceptance: FindingAcceptance | null;
}

/** Tells findings of reads; one of it serves many. Pure and total: what is in a domain that there is not is in none. */
export class ArchitectureJudge {
  readonly #lines = new Map<NodeId, readonly NodeId[]>();
  /** By domain its ports and those of its parts, with since when. */
  readonly #ports = new Map<NodeId, Map<NodeId, Micros>>();

  constructor(private readonly architecture: Architecture) {
    for (const [domain, ports] of architecture.published)
      for (const above of this.#line(domain)) {
        const all = this.#ports.get(above) ?? new Map<NodeId, Micros>();
        const within = this.#partSince(domain, above);
        for (const [port, since] of ports) all.set(port, Math.min(all.get(port) ?? Infinity, Math.max(since, within)));
        this.#ports.set(above, all);
      }
  }

  /** Whether reads of what is in a domain may be findings at all. */
  matters(domain: NodeId): boolean {
    return this.layerOf(domain) !== null || this.#line(domain).some((one) => this.#ports.has(one));
  }

  /** Own, or that of the nearest domain above that has one. */
  layerOf(domain: NodeId): DomainLayer | null {
    return layerOf(domain, (id) => this.architecture.domains.get(id));
  }

  /** Whether it is in a domain that there is. */
  isPlaced(asset: NodeId): boolean {
    return this.#placeOf(asset) !== undefined;
  }

  /** `made`: where what the job makes of the dataset is; it counts where the job itself is in no domain. Each finding once. */
  findingsOf(read: JobRead, made: readonly Placement[] = []): readonly ArchitectureFinding[] {
    const at = this.#placeOf(read.dataset);
    if (at === undefined) return [];
    const own = this.#placeOf(read.job);
    const readers = own === undefined ? made.filter(({ domain }) => this.architecture.domains.has(domain)) : [own];
    const found = new Map<string, ArchitectureFinding>();
    for (const by of readers)
      for (const one of this.#between(read, at, by)) {
        const key = `${one.kind} ${one.domain}`;
        const other = found.get(key);
        if (other === undefined || one.since < other.since || (one.since === other.since && one.readBy < other.readBy))
          found.set(key, one);
      }
    return [...found.values()];
  }

  #between({ dataset, job, since: readSince }: JobRead, at: Placement, by: Placement): readonly ArchitectureFinding[] {
    if (at.domain === by.domain) return [];
    const common = {
      ...{ dataset, job, standsIn: at.domain, readBy: by.domain, readByLayer: this.layerOf(by.domain) },
      since: Math.max(readSince, at.since, by.since),
    };
    const found: ArchitectureFinding[] = [];
    const bypassed = this.#bypassed(dataset, at.domain, by.domain);
    if (bypassed !== undefined) {
      const ports = [...(this.#ports.get(bypassed)?.values() ?? [])];
      const since = Math.max(common.since, this.#partSince(at.domain, bypassed), Math.min(...ports));
      found.push({ ...common, since, kind: 'BYPASSES_PORT', domain: bypassed, layer: this.layerOf(bypassed) });
    }
    const layer = this.layerOf(at.domain);
    if (layer !== null && common.readByLayer !== null && heightOf(layer) > heightOf(common.readByLayer)) {
      const since = Math.max(common.since, this.#layerSince(at.domain), this.#layerSince(by.domain));
      found.push({ ...common, since, kind: 'POINTS_UP_A_LAYER', domain: at.domain, layer });
    }
    return found;
  }

  /** Since when a domain is within another, which is above it now. */
  #partSince(domain: NodeId, above: NodeId): Micros {
    const line = this.#line(domain);
    return this.#latest(line.slice(0, line.indexOf(above)), 'parent');
  }

  /** Since when it is on its layer by way of the domain that it has it from now. */
  #layerSince(domain: NodeId): Micros {
    const line = this.#line(domain);
    const from = line.findIndex((one) => (this.architecture.domains.get(one)?.layer ?? null) !== null);
    return Math.max(this.#latest(line.slice(0, from), 'parent'), this.#latest(line.slice(0, from + 1), 'layer'));
  }

  #latest(domains: readonly NodeId[], what: keyof Settled): Micros {
    return Math.max(-Infinity, ...domains.map((id) => this.architecture.settled.get(id)?.[what] ?? -Infinity));
  }

  /** The nearest domain around a dataset that publishes others, where none that the reader is outside of publishes it. */
  #bypassed(dataset: NodeId, at: NodeId, by: NodeId): NodeId | undefined {
    const inside = new Set(this.#line(by));
    const outer = this.#line(at).filter((domain) => !inside.has(domain));
    if (outer.some((domain) => this.#ports.get(domain)?.has(dataset) === true)) return undefined;
    return outer.find((domain) => (this.#ports.get(domain)?.size ?? 0) > 0);
  }

  #placeOf(asset: NodeId): Placement | undefined {
    const place = this.architecture.placements.get(asset);
    return place !== undefined && this.architecture.domains.has(place.domain) ? place : undefined;
  }

  #line(domain: NodeId): readonly NodeId[] {
    const known = this.#lines.get(domain);
    if (known !== undefined) return known;
    const line = upwards(domain, (id) => this.architecture.domains.get(id)?.parent);
    this.#lines.set(domain, line);
    return line;
  }
}

/** Those in which something of one of these domains is read or reads. */
export function findingsAbout<F extends ArchitectureFinding>(
  findings: readonly F[],
  domains: readonly NodeId[],
): readonly F[] {
  const asked = new Set(domains);
  return findings.filter(({ standsIn, readBy }) => asked.has(standsIn) || asked.has(readBy));
}

/** A page of findings in their order. INVALID_INPUT for a cursor of another list. */
export function pageOfFindings<F extends ArchitectureFinding>(
  findings: readonly F[],
  { first, after }: PageRequest,
): Page<F> {
  const behind = after === null ? findings : findings.filter((one) => compareFindings(one, placeOf(after)) > 0);
  const items = behind.slice(0, first).map((item) => ({
    cursor: encodeCursor(LIST, [item.domain, item.kind, item.job, item.dataset]),
    item,
  }));
  return { items, hasNextPage: behind.length > first };
}

const LIST = 'architecture-findings';

function placeOf(cursor: string): FindingKey {
  const [domain, kind, job, dataset] = decodeCursor(LIST, cursor, ['string', 'string', 'string', 'string']);
  const text = (part: CursorPart | undefined): NodeId => String(part ?? '') as NodeId;
  return { domain: text(domain), kind: text(kind), job: text(job), dataset: text(dataset) };
}

/** Of several findings in which order: by domain, then kind, then job, then dataset. */
export function compareFindings(a: FindingKey, b: FindingKey): number {
  return (
    compare(a.domain, b.domain) || compare(a.kind, b.kind) || compare(a.job, b.job) || compare(a.dataset, b.dataset)
  );
}

export type FindingKey = Pick<ArchitectureFinding, 'dataset' | 'job' | 'domain'> & { readonly kind: string };

function heightOf(layer: DomainLayer): number {
  return DOMAIN_LAYERS.indexOf(layer);
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
