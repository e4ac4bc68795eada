import type { EditRights } from '@headwater/application/access/edit-rights';
import type { DecisionViews } from '@headwater/application/decisions/decision-views';
import type { ReadDecisions } from '@headwater/application/decisions/read-decisions';
import type { CatalogView, CatalogViews } from '@headwater/application/visibility/catalog-views';
import type { AwaitPosition } from '@headwater/application/status/await-position';
import { LATEST, type ReadTime } from '@headwater/domain/reading/read-time';
import type { ProjectionName } from '@headwater/domain/checkpoints';
import type { Principal } from '@headwater/domain/access/principal';
import { formatPosition } from '@headwater/domain/position';
import type { Clock } from '@headwater/domain/ports';
import type { Micros } from '@headwater/domain/time';
import { CLOCK_TOLERANCE } from '@headwater/domain/traversal/moment';
import type { TimeInput } from './arguments/time-args.js';
import { DecisionLoaders } from './loaders/decision-loaders.js';
import { CatalogLoaders } from './loaders/catalog-loaders.js';

/** How long a subscription's "now" stands, so that the fields of one payload share batches. */
const SUBSCRIPTION_NOW: Micros = 100_000;

export interface ContextPorts {
  readonly views: CatalogViews;
  readonly decisions: DecisionViews;
  readonly clock: Clock;
  readonly awaitPosition: AwaitPosition;
}

export interface ContextRequest {
  readonly traceId: string;
  /** The header `headwater-position`. */
  readonly position?: string | undefined;
  /** SUBSCRIPTION lives on: nothing is remembered from one payload to the next. */
  readonly kind: 'REQUEST' | 'SUBSCRIPTION';
  readonly principal: Principal | null;
  readonly address: string | null;
}

/** What resolvers share for the length of one request or one subscription. */
export class CatalogContext {
  readonly traceId: string;
  /** Who asks; the gate lets nobody unknown in so far. */
  readonly principal: Principal | null;
  readonly address: string | null;
  /** The catalog as this caller sees it: all that resolvers can reach. */
  readonly view: CatalogView;
  /** The decisions that this caller may read. */
  readonly decisions: ReadDecisions;
  readonly logId: string;
  readonly loaders: CatalogLoaders;
  readonly decisionLoaders: DecisionLoaders;
  readonly #waits = new Map<ProjectionName, Promise<void>>();
  #now: Micros;

  constructor(
    private readonly ports: ContextPorts,
    private readonly request: ContextRequest,
  ) {
    this.traceId = request.traceId;
    this.principal = request.principal;
    this.address = request.address;
    this.#now = ports.clock.now();
    this.view = ports.views.of(request.principal);
    this.decisions = ports.decisions.of(request.principal, request.address);
    this.decisionLoaders = new DecisionLoaders(this.decisions, { cache: request.kind === 'REQUEST' });
    this.logId = ports.views.logId;
    this.loaders = new CatalogLoaders(this.view, { cache: request.kind === 'REQUEST' }, () => this.fresh('GRAPH'));
  }

  /** The present of this answer: one moment, however long the answer takes. */
  now(): Micros {
    if (this.request.kind === 'SUBSCRIPTION') {
      const now = this.ports.clock.now();
      if (now - this.#now > SUBSCRIPTION_NOW) this.#now = now;
    }
    return this.#now;
  }

  /** Whether nothing of the catalog is hidden from the caller. */
  get seesAll(): boolean {
    return this.principal?.where('catalog:read').isAll === true;
  }

  /** What somebody may edit. */
  rightsOf(principal: Principal): EditRights {
    return this.ports.views.rightsOf(principal);
  }

  /** A position as clients see it. */
  position(number: number): string {
    return formatPosition(this.logId, number);
  }

  /** A moment that a client gave, on both axes. Now reaches as far ahead as events may stand in effective time. */
  readTime({ asOf, knownAt }: TimeInput): ReadTime {
    return { at: asOf ?? this.now() + CLOCK_TOLERANCE, knownAt: knownAt ?? LATEST };
  }

  /** Resolves once the projection has what the caller's position names (rule 31); at once where there is none. */
  fresh(projection: ProjectionName): Promise<void> {
    const { position } = this.request;
    if (position === undefined) return Promise.resolve();
    let wait = this.#waits.get(projection);
    if (wait === undefined) {
      wait = this.ports.awaitPosition.execute(position, projection);
      this.#waits.set(projection, wait);
    }
    return wait;
  }
}
