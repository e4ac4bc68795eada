import type { EventReader } from '@headwater/domain/reading/event-reader';
import type { ChangeEntry, ChangeFeed } from '@headwater/domain/change-feed';
import { coded, HeadwaterError } from '@headwater/domain/errors';
import { nodeKey, respellNodeId, type NodeId, type NodeKey } from '@headwater/domain/identifiers';
import { formatPosition, parsePosition } from '@headwater/domain/position';
import type { EventLog } from '@headwater/domain/ports';
import type { Micros } from '@headwater/domain/time';
import type {
  LineageAnswer,
  LineageDirection,
  LineageEdge,
  LineageNode,
  Moment,
  TraversalPorts,
} from '@headwater/domain/traversal/lineage-answer';
import { inLayer } from '@headwater/domain/traversal/resolve-root';
import { walkLineage } from '@headwater/domain/traversal/walk-lineage';
import { InputFaults } from '../lineage/lineage-input.js';
import { followFeed } from './follow-feed.js';
import { stoppable } from './stoppable.js';

/** Nodes that are watched at most; a larger lineage is watched in part and says so. */
const WATCHED_NODES = 2_000;
const FIRST_RETRY_MS = 20;
const LONGEST_RETRY_MS = 500;

export interface LineagePart {
  readonly nodes: readonly LineageNode[];
  readonly edges: readonly LineageEdge[];
  /** When this is, or was, so; null where there is nothing. */
  readonly moment: Moment | null;
}

/** How a lineage differs from what the change before, or the start, left it as. */
export interface LineageChange {
  /** As `after` it continues behind this change. */
  readonly position: string;
  readonly recordedAt: Micros;
  readonly added: LineagePart;
  readonly lapsed: LineagePart;
  /** The lineage is larger than what is watched: changes beyond may be missing. */
  readonly truncated: boolean;
}

export interface WatchLineageRequest {
  /** A NodeId, which nothing may have yet. */
  readonly root: string;
  readonly direction: LineageDirection;
  readonly depth: number;
  /** A position to catch up from; absent: from now on. */
  readonly after?: string | undefined;
}

export interface WatchLineagePorts extends TraversalPorts {
  readonly feed: ChangeFeed;
  readonly log: Pick<EventLog, 'logId'>;
  readonly events: Pick<EventReader, 'eventsAt'>;
}

/**
 * Nodes and edges that a lineage gains and loses, without end. It is walked again when an event touches a node of it;
 * several events may come as one change. An unknown root is waited for. While the graph is away, so is the next change.
 */
export class WatchLineage {
  constructor(private readonly ports: WatchLineagePorts) {}

  /** The first item fails with INVALID_INPUT for a root that is no NodeId, a depth out of range, an `after` of another log. */
  execute(request: WatchLineageRequest): AsyncGenerator<LineageChange, void, undefined> {
    return stoppable((signal) => this.#watch(request, signal));
  }

  async *#watch(asked: WatchLineageRequest, signal: AbortSignal): AsyncGenerator<LineageChange, void, undefined> {
    const request = { ...asked, root: checked(asked) };
    const { feed, log, graph } = this.ports;
    const { logId } = log;
    const given = request.after === undefined ? undefined : parsePosition(logId, request.after);
    const start = given ?? (await graph.checkpoint()).position;
    const first = await this.#walk(request, given === undefined ? undefined : await this.#recordTimeOf(given));
    let watched = new WatchedLineage(request.root, first);
    // Nodes have no record time: where no edge tells that the root was there, its coming may still be in the feed.
    let mayRootCome = given !== undefined && first?.edges.length === 0;
    // Where the walk came later than the checkpoint was read, entries in between are simply looked at again.
    let seen = start;
    for await (const entries of followFeed(feed, { after: start, logId, signal })) {
      if (mayRootCome && entries.some((entry) => watched.isRootMadeBy(entry))) {
        watched = new WatchedLineage(request.root, null);
        mayRootCome = false;
      }
      const touching = entries.filter((entry) => entry.position > seen && watched.isTouchedBy(entry));
      const last = touching.at(-1);
      if (last === undefined) continue;
      const now = await this.#walkAt(request, last.position, signal);
      if (now === undefined) return;
      const next = new WatchedLineage(request.root, now.answer);
      const change = next.since(watched);
      watched = next;
      seen = now.position;
      const { added, lapsed } = change;
      if (added.nodes.length + added.edges.length + lapsed.nodes.length + lapsed.edges.length === 0) continue;
      const truncated =
        now.answer !== null && now.answer.truncatedBecause !== null && now.answer.truncatedBecause !== 'DEPTH';
      yield { position: formatPosition(logId, seen), recordedAt: last.recordedAt, added, lapsed, truncated };
    }
  }

  /** The lineage once the graph has this position; undefined when the watch ends first. */
  async #walkAt(request: CheckedRequest, position: number, signal: AbortSignal) {
    for (let retryMs = FIRST_RETRY_MS; !signal.aborted; retryMs = Math.min(2 * retryMs, LONGEST_RETRY_MS)) {
      try {
        const reached = (await this.ports.graph.checkpoint()).position;
        if (reached >= position) {
          const answer = await this.#walk(request, undefined);
          return { answer, position: answer?.moment.position ?? reached };
        }
      } catch (error) {
        // An outage delays the change, which the feed still has.
        if (!(error instanceof HeadwaterError) || error.category !== 'UNAVAILABLE') throw error;
      }
      await pause(retryMs, signal);
    }
    return undefined;
  }

  #walk({ root, direction, depth }: CheckedRequest, knownAt: Micros | undefined): Promise<LineageAnswer | null> {
    return walkLineage(this.ports, {
      ...{ root, direction, depth, knownAt, granularity: 'JOB', maxNodes: WATCHED_NODES, counts: [], openEnds: false },
    });
  }

  /**
   * A record time at which nothing behind the position was known. Events of one commit share a record time: then the
   * moment before it, so that a change may come twice and never not at all.
   */
  async #recordTimeOf(position: number): Promise<Micros> {
    const events = await this.ports.events.eventsAt([position, position + 1]);
    const recordedAt = events.get(position)?.recordedAt ?? 0;
    return events.get(position + 1)?.recordedAt === recordedAt ? recordedAt - 1 : recordedAt;
  }
}

type CheckedRequest = WatchLineageRequest & { readonly root: NodeId };

function checked({ root, depth }: WatchLineageRequest): NodeId {
  const id = respellNodeId(root);
  const detail = 'give a NodeId such as dataset:<namespace>:<name>, every part percent-encoded';
  new InputFaults()
    .depth(depth)
    .require(id !== undefined, '/root', coded('NOT_AN_ID', detail, { kind: 'NODE' }))
    .throwIfAny();
  return id ?? (root as NodeId);
}

class WatchedLineage {
  /** Names of the node that the root stands for. */
  readonly #roots: ReadonlySet<NodeId>;
  readonly #keys: ReadonlySet<NodeKey>;
  readonly #nodes: ReadonlyMap<NodeId, LineageNode>;
  readonly #edges: ReadonlyMap<string, LineageEdge>;
  readonly #moment: Moment | null;

  constructor(root: NodeId, answer: LineageAnswer | null) {
    const nodes = answer === null ? [] : [answer.root, ...answer.nodes];
    this.#roots = new Set([inLayer(root, 'JOB') ?? root, ...(answer === null ? [] : [answer.root.id])]);
    this.#moment = answer?.moment ?? null;
    this.#nodes = new Map(nodes.map((node) => [node.id, node]));
    this.#edges = new Map((answer?.edges ?? []).map((edge) => [`${edge.kind} ${edge.from} ${edge.to}`, edge]));
    // Names of merged nodes count as well: an edge is stated about any of them.
    const ends = (answer?.edges ?? []).flatMap(({ links }) => links.flatMap(({ rows }) => rows));
    const ids = new Set([root, ...this.#roots, ...this.#nodes.keys(), ...ends.flatMap((row) => [row.from, row.to])]);
    this.#keys = new Set([...ids].map(nodeKey));
  }

  isTouchedBy(entry: ChangeEntry): boolean {
    return entry.touched.some((key) => this.#keys.has(key));
  }

  isRootMadeBy(entry: ChangeEntry): boolean {
    return entry.changes.some((change) => change.op === 'node' && this.#roots.has(change.node.id));
  }

  since(before: WatchedLineage): { added: LineagePart; lapsed: LineagePart } {
    return { added: this.#without(before), lapsed: before.#without(this) };
  }

  #without(other: WatchedLineage): LineagePart {
    return {
      nodes: [...this.#nodes.values()].filter(({ id }) => !other.#nodes.has(id)),
      edges: [...this.#edges].filter(([key]) => !other.#edges.has(key)).map(([, edge]) => edge),
      moment: this.#moment,
    };
  }
}

async function pause(timeoutMs: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, timeoutMs);
    signal.addEventListener('abort', done, { once: true });
  });
}
