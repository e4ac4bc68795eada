import type { CatalogReader } from '@headwater/domain/catalog-reader';
import { coded } from '@headwater/domain/errors';
import type { LogicalDatasetRow } from '@headwater/domain/governance/definition';
import { isLogicalDatasetRow } from '@headwater/domain/governance/definition';
import { datasetOf, kindOf, type NodeId } from '@headwater/domain/identifiers';
import type { ReadTime } from '@headwater/domain/reading/read-time';
import { collapseLineage, type CollapsedAnswer, type LogicalName } from '@headwater/domain/traversal/collapse-lineage';
import { hideInAnswer, type Veil } from '@headwater/domain/traversal/hide-lineage';
import type { Moment, TraversalBudget, TraversalPorts } from '@headwater/domain/traversal/lineage-answer';
import { fixMoment } from '@headwater/domain/traversal/moment';
import type { ResolvedRoot } from '@headwater/domain/traversal/resolve-root';
import { walkLineage } from '@headwater/domain/traversal/walk-lineage';
import { InputFaults, readRoot } from './lineage-input.js';
import type { TraceLineageRequest } from './trace-lineage.js';

/** What logical datasets are read from, as the caller may. */
export type LogicalMembers = Pick<CatalogReader, 'definitions' | 'logicalMemberships' | 'mayBeMembers'>;

/** The members of a logical dataset at a moment, by id; those that `reader` sees. */
export async function membersOfLogical(
  reader: LogicalMembers,
  logical: NodeId,
  time: ReadTime,
): Promise<readonly NodeId[]> {
  const candidates = (await reader.mayBeMembers([logical], time)).map(({ id }) => id).sort();
  const memberships = await reader.logicalMemberships(candidates, time);
  return candidates.filter((id) => memberships.get(id)?.logical.id === logical);
}

/**
 * Lineage at the level of logical datasets: from the members of the root, all at once where it is a logical dataset or a
 * member of one, to whatever their data comes from or reaches, with logical datasets in place of their members.
 */
export class TraceLogical {
  constructor(
    private readonly ports: TraversalPorts,
    private readonly budget?: TraversalBudget,
  ) {}

  /**
   * Null for an unknown root, and for a logical dataset of which the caller sees no member. `veil` null: the caller sees
   * everything. Members are of the moment, or of the last one of the period, that is asked about. Throws as
   * {@link TraceLineage} does, and INVALID_INPUT at FIELD and RUN and for a cursor.
   */
  async execute(
    request: TraceLineageRequest,
    reader: LogicalMembers,
    veil: Veil | null,
  ): Promise<CollapsedAnswer | null> {
    const [depth, maxNodes] = [request.depth ?? 5, request.maxNodes ?? 1000];
    const granularity = request.granularity ?? 'JOB';
    const direction = request.direction ?? 'BOTH';
    new InputFaults()
      .depth(depth)
      .maxNodes(maxNodes)
      .times(request)
      .require(
        granularity === 'JOB' || granularity === 'DATASET',
        '/granularity',
        coded('NOT_ONE_OF', 'give DATASET or JOB: fields, versions and runs are of physical datasets', {
          values: 'DATASET, JOB',
        }),
      )
      .require(
        request.after === undefined || request.after === null,
        '/after',
        coded(
          'LEFT_OUT',
          'leave it out: an answer of logical datasets is one page; ask with a greater maxNodes or a lesser depth',
        ),
      )
      .throwIfAny();
    const root = await readRoot(this.ports.roots, request.root);
    if (root === null) return null;
    const moment = await fixMoment(this.ports, {
      asOf: request.asOf ?? undefined,
      between: request.between ?? undefined,
      knownAt: request.knownAt ?? undefined,
    });
    const time = timeOf(moment);
    const known = await this.#logicalRoot(root, reader, time);
    if (known === null) return null;
    const answer = await walkLineage(
      this.ports,
      {
        ...{ root, direction, depth, granularity, maxNodes },
        ...('at' in moment.valid ? { asOf: moment.valid.at } : { between: moment.valid }),
        knownAt: moment.knownAt,
        // What the walk counts beyond the page is not told, and which jobs lie within takes knowing all of their edges.
        ...{ counts: [], openEnds: true, neighbors: request.neighbors },
        control: request.control ?? undefined,
      },
      this.budget,
      known,
    );
    const shown = answer === null || veil === null ? answer : hideInAnswer(answer, veil);
    if (shown === null) return null;
    const datasets = shown.nodes.flatMap(({ id, kind }) =>
      kind === 'DATASET' && kindOf(id) === 'DATASET' ? [id] : [],
    );
    const memberships = await reader.logicalMemberships(datasets, time);
    return collapseLineage(shown, direction, (id) => nameOf(memberships.get(id)?.logical));
  }

  /** Undefined: the walk begins as it does without logical datasets. */
  async #logicalRoot(root: NodeId, reader: LogicalMembers, time: ReadTime): Promise<ResolvedRoot | null | undefined> {
    const kind = kindOf(root);
    const isLogical = kind === 'LOGICAL_DATASET';
    const dataset = kind === 'FIELD' || kind === 'VERSION' ? datasetOf(root) : root;
    const found = isLogical
      ? (await reader.definitions([root], time)).get(root)
      : (await reader.logicalMemberships(kindOf(dataset) === 'DATASET' ? [dataset] : [], time)).get(dataset)?.logical;
    if (!isLogicalDatasetRow(found)) return isLogical ? null : undefined;
    const members = await membersOfLogical(reader, found.id, time);
    const canonical = await this.ports.graph.canonical(members, time.knownAt);
    const starts = [...new Set(members.map((id) => canonical.get(id) ?? id))].sort();
    if (starts.length === 0) return null;
    const node = { id: found.id, kind: 'LOGICAL_DATASET', displayName: found.body.name, placeholder: false } as const;
    return { node, starts };
  }
}

function timeOf({ valid, knownAt }: Moment): ReadTime {
  return { at: 'at' in valid ? valid.at : valid.to - 1, knownAt };
}

function nameOf(row: LogicalDatasetRow | undefined): LogicalName | undefined {
  return row === undefined ? undefined : { id: row.id, displayName: row.body.name };
}
