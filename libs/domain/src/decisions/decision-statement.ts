import { createHash } from 'node:crypto';
import type { FacetStatement, LineageEvent } from '../events.js';
import { encodeSegment, type NodeId } from '../identifiers.js';
import { cleanValue } from '../openlineage/clean-text.js';
import { parseEventTime } from '../openlineage/event-time.js';
import { FindingList } from '../openlineage/findings.js';
import { isRecord, text } from '../openlineage/read-facets.js';
import { canonicalJson } from '../projection/canonical-json.js';
import { compareText, CLOCK_TOLERANCE } from '../projection/stamp.js';
import type { Micros } from '../time.js';
import { decisionFaults } from './decision-schema.js';

/** What one event says about a decision. */
export interface DecisionStatement {
  readonly id: NodeId;
  /** SHA-256 of the content's RFC 8785 form, hex: equal content is one statement, however often and wherever it was sent. */
  readonly digest: string;
  /** The producer's own time. */
  readonly decidedAt: Micros;
  /** As the published schema has it, with placeholders for what is personal. */
  readonly content: Readonly<Record<string, unknown>>;
}

export function decisionId(producer: string, id: string): NodeId {
  return `decision:${encodeSegment(producer)}:${encodeSegment(id)}` as NodeId;
}

/** The statement in the bytes of an event of kind DECISION; undefined for bytes that no ingest path wrote. */
export function readDecisionEvent(bytes: Uint8Array): DecisionStatement | undefined {
  try {
    return statementOf(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch {
    // No JSON: nobody's statement.
    return undefined;
  }
}

/** The statement in a run facet, whose job and run are those of its event unless it names others. */
export function decisionOfFacet(
  { body }: Pick<FacetStatement, 'body'>,
  { job, run }: Pick<LineageEvent, 'job' | 'run'>,
): DecisionStatement | undefined {
  const own = Object.entries(body).filter(([name]) => !name.startsWith('_'));
  return statementOf({
    ...(job === null ? {} : { job: { namespace: job.namespace, name: job.name } }),
    ...(run === null ? {} : { runId: run.originalRunId }),
    ...Object.fromEntries(own),
  });
}

function statementOf(document: unknown): DecisionStatement | undefined {
  const content = cleanValue(document, '', new FindingList());
  if (!isRecord(content) || decisionFaults('KEPT', content).length > 0) return undefined;
  const time = parseEventTime(text(content, 'decidedAt'));
  if (time === undefined || time === 'OUT_OF_RANGE') return undefined;
  const digest = createHash('sha256').update(canonicalJson(content)).digest('hex');
  return { id: decisionId(text(content, 'producer'), text(content, 'id')), digest, decidedAt: time.at, content };
}

/** A statement with when it first came. */
export interface ReceivedStatement {
  readonly digest: string;
  readonly decidedAt: Micros;
  readonly receivedAt: Micros;
}

/** When a decision counts as taken: a clock that runs ahead does not win for ever (as rule 10 has it for events). */
export function effectiveAt({ decidedAt, receivedAt }: ReceivedStatement): Micros {
  return Math.min(decidedAt, receivedAt + CLOCK_TOLERANCE);
}

/** The statement that gives a decision its fields, whatever the order: the greatest by (effective time, digest). */
export function standingStatement<T extends ReceivedStatement>(statements: readonly T[]): T | undefined {
  return statements.reduce<T | undefined>(
    (best, one) => (best === undefined || compareStatements(best, one) < 0 ? one : best),
    undefined,
  );
}

export function compareStatements(a: ReceivedStatement, b: ReceivedStatement): number {
  return effectiveAt(a) - effectiveAt(b) || compareText(a.digest, b.digest);
}
