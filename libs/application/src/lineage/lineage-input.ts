import { coded, HeadwaterError, type InputFault, type Told } from '@headwater/domain/errors';
import { respellNodeId, type NodeId } from '@headwater/domain/identifiers';
import type { LineageRoots } from '@headwater/domain/lineage-roots';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const MAX_DEPTH = 100;
const MAX_NODES = 5_000;
const MAX_PATHS = 50;

/** Collects what is wrong with a request, so that the caller learns all of it at once. */
export class InputFaults {
  readonly #faults: InputFault[] = [];

  /** Notes a fault where the condition does not hold. */
  require(holds: boolean, pointer: string, told: Told): this {
    if (!holds) this.#faults.push({ pointer, ...told });
    return this;
  }

  depth(depth: number): this {
    const holds = Number.isInteger(depth) && depth >= 0 && depth <= MAX_DEPTH;
    const detail = `give a whole number from 0 to ${MAX_DEPTH}; a cursor goes on beyond that`;
    return this.require(holds, '/depth', coded('COUNT_BETWEEN', detail, { least: 0, most: MAX_DEPTH }));
  }

  maxNodes(maxNodes: number): this {
    const holds = Number.isInteger(maxNodes) && maxNodes >= 1 && maxNodes <= MAX_NODES;
    const detail = `give a whole number from 1 to ${MAX_NODES}; endCursor brings the rest`;
    return this.require(holds, '/maxNodes', coded('COUNT_BETWEEN', detail, { least: 1, most: MAX_NODES }));
  }

  limit(limit: number): this {
    const holds = Number.isInteger(limit) && limit >= 1 && limit <= MAX_PATHS;
    const detail = `give a whole number from 1 to ${MAX_PATHS}`;
    return this.require(holds, '/limit', coded('COUNT_BETWEEN', detail, { least: 1, most: MAX_PATHS }));
  }

  /** A moment or a period, never both, and a period that is not empty. */
  times(request: {
    readonly asOf?: unknown;
    readonly between?: { readonly from: number; readonly to: number } | null | undefined;
  }): this {
    const { asOf, between } = request;
    if (between === undefined || between === null) return this;
    const either = coded('ONE_OF_TWO', 'give either asOf (a moment) or between (a period)', {
      ...{ one: 'asOf', other: 'between' },
    });
    this.require(asOf === undefined || asOf === null, '/asOf', either);
    return this.require(
      between.from < between.to,
      '/between/to',
      coded('TIME_NOT_LATER', 'give a time later than from: a period is [from, to)'),
    );
  }

  /** Throws INVALID_INPUT with every fault noted. */
  throwIfAny(): void {
    if (this.#faults.length === 0) return;
    const text = this.#faults.map(({ pointer, detail }) => `${pointer.slice(1)}: ${detail}`).join('; ');
    throw new HeadwaterError('INVALID_INPUT', `The request cannot be answered. ${text}.`, { faults: this.#faults });
  }
}

/**
 * The NodeId that a caller's text means: a NodeId however its parts are escaped, or a run's bare UUID where it is unique
 * (lineage-semantics, rule 15). Null for a UUID that no run has. Throws INVALID_INPUT for other text, and CONFLICT with
 * the candidates where several jobs use the UUID.
 */
export async function readRoot(roots: LineageRoots, text: string, pointer = '/root'): Promise<NodeId | null> {
  if (UUID.test(text)) {
    const candidates = await roots.runsByBareId(text.toLowerCase());
    if (candidates.length < 2) return candidates[0] ?? null;
    throw new HeadwaterError('CONFLICT', `Several jobs have a run ${text}: ask for one of ${candidates.join(', ')}.`, {
      reason: 'AMBIGUOUS_RUN',
      faults: candidates.map((candidate) => ({ pointer, ...coded('ONE_OF_SEVERAL', candidate, { candidate }) })),
    });
  }
  const id = respellNodeId(text);
  if (id !== undefined) return id;
  const detail =
    'give a NodeId such as dataset:<namespace>:<name>, job:<namespace>:<name> or field:<namespace>:<name>:<field>, every part percent-encoded, or the UUID of a run';
  throw new HeadwaterError('INVALID_INPUT', `There is no such kind of id: ${detail}.`, {
    faults: [{ pointer, ...coded('NOT_AN_ID', detail, { kind: 'NODE' }) }],
  });
}
