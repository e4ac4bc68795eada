import { datasetId, encodeSegment, hash128, jobId, nodeKey, type NodeId, type NodeKey } from '../identifiers.js';
import { isRecord, text } from '../openlineage/read-facets.js';
import type { Micros } from '../time.js';
import { effectiveAt, type DecisionStatement, type ReceivedStatement } from './decision-statement.js';
import { readPlaceholder } from './placeholder.js';

/** A statement with where and when it came. */
export interface RecordedStatement extends DecisionStatement {
  readonly position: number;
  readonly receivedAt: Micros;
  readonly recordedAt: Micros;
}

/** What lists of decisions are filtered and ordered by. Keys are 128-bit hashes, since index rows are limited. */
export interface DecisionRow {
  readonly key: NodeKey;
  readonly id: NodeId;
  /** Of the statement that gives the fields. */
  readonly digest: string;
  /** When it counts as taken. */
  readonly decidedAt: Micros;
  readonly producerKey: string;
  readonly typeKey: string;
  readonly outcomeKey: string | null;
  readonly jobKey: NodeKey | null;
  /** Of the job that decided; '' where none is named. */
  readonly namespace: string;
  /** The key that the subject's reference is encrypted under: one a subject. */
  readonly subjectKey: string | null;
}

/** The row of a decision by the statement that stands. */
export function decisionRow(statement: DecisionStatement & ReceivedStatement): DecisionRow {
  const { id, digest, content } = statement;
  const job = content['job'];
  const outcome = text(content['outcome'], 'label');
  return {
    key: nodeKey(id),
    id,
    digest,
    decidedAt: effectiveAt(statement),
    producerKey: textKey(text(content, 'producer')),
    typeKey: textKey(text(content, 'type')),
    outcomeKey: outcome === '' ? null : textKey(outcome),
    jobKey: isRecord(job) ? nodeKey(jobId(text(job, 'namespace'), text(job, 'name'))) : null,
    namespace: text(job, 'namespace'),
    subjectKey: readPlaceholder(isRecord(content['subject']) ? content['subject']['ref'] : undefined)?.keyId ?? null,
  };
}

/** The key under which a type, an outcome or a producer is looked for. */
export function textKey(value: string): string {
  return hash128(`decision:${value.normalize('NFC')}`);
}

/** One input of the statement that stands. */
export interface DecisionInputRow {
  readonly decisionKey: NodeKey;
  /** Its place among the inputs, from 0. */
  readonly n: number;
  readonly datasetKey: NodeKey;
  readonly datasetId: NodeId;
  /** Hash of the version that was named; null where none was. */
  readonly versionKey: string | null;
  readonly decidedAt: Micros;
}

export function inputRows(statement: DecisionStatement & ReceivedStatement): readonly DecisionInputRow[] {
  const { inputs } = statement.content;
  if (!Array.isArray(inputs)) return [];
  const decidedAt = effectiveAt(statement);
  return inputs.map((input: unknown, n) => {
    const dataset = isRecord(input) ? input['dataset'] : undefined;
    const id = datasetId(text(dataset, 'namespace'), text(dataset, 'name'));
    const version = text(input, 'version');
    return {
      ...{ decisionKey: nodeKey(statement.id), n, datasetKey: nodeKey(id), datasetId: id, decidedAt },
      versionKey: version === '' ? null : hash128(`${id}:${encodeSegment(version)}`),
    };
  });
}

/** Statements of one batch, each once: as it first came. */
export function distinctStatements(statements: readonly RecordedStatement[]): readonly RecordedStatement[] {
  const found = new Map<string, RecordedStatement>();
  for (const one of statements) {
    const key = `${one.id} ${one.digest}`;
    const held = found.get(key);
    found.set(key, held === undefined ? one : earliest(held, one));
  }
  return [...found.values()];
}

function earliest(a: RecordedStatement, b: RecordedStatement): RecordedStatement {
  return {
    ...a,
    position: Math.min(a.position, b.position),
    receivedAt: Math.min(a.receivedAt, b.receivedAt),
    recordedAt: Math.min(a.recordedAt, b.recordedAt),
  };
}
