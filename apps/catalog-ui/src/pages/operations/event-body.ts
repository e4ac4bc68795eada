/** A job, run or dataset that an event names, in which part. */
export interface NamedNode {
  readonly id: string;
  readonly kind: 'JOB' | 'RUN' | 'DATASET';
  readonly name: string;
  readonly namespace: string;
  readonly part: 'job' | 'run' | 'dataset' | 'input' | 'output' | 'parent';
}

/** What a line about an event says. */
export interface EventSummary {
  /** The job or dataset that it is about; null where it names none that may be seen. */
  readonly subject: NamedNode | null;
  readonly producer: string | null;
  /** START, COMPLETE, …; null for events that are not about a run. */
  readonly eventType: string | null;
}

type Json = Readonly<Record<string, unknown>>;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const objectAt = (value: unknown, key: string): Json | null => {
  const inner = isObject(value) ? value[key] : undefined;
  return isObject(inner) ? inner : null;
};
const textAt = (value: unknown, key: string): string | null => {
  const inner = isObject(value) ? value[key] : undefined;
  return typeof inner === 'string' && inner !== '' ? inner : null;
};
const listAt = (value: unknown, key: string): readonly unknown[] => {
  const inner = isObject(value) ? value[key] : undefined;
  return Array.isArray(inner) ? (inner as readonly unknown[]) : [];
};

/** Who sent an event, what it is about, and what happened, of a body that may be anything. */
export function summaryOf(body: unknown): EventSummary {
  return {
    subject: named(objectAt(body, 'job'), 'JOB', 'job') ?? named(objectAt(body, 'dataset'), 'DATASET', 'dataset'),
    producer: textAt(body, 'producer'),
    eventType: textAt(body, 'eventType'),
  };
}

/** The nodes that an event names, each once, in the order of the event. What the viewer may not see is not among it. */
export function nodesNamedIn(body: unknown): readonly NamedNode[] {
  const job = named(objectAt(body, 'job'), 'JOB', 'job');
  const parent = objectAt(objectAt(objectAt(body, 'run'), 'facets'), 'parent');
  const all = [
    job,
    job === null ? null : run(job, textAt(objectAt(body, 'run'), 'runId')),
    named(objectAt(body, 'dataset'), 'DATASET', 'dataset'),
    named(objectAt(parent, 'job'), 'JOB', 'parent'),
    ...listAt(body, 'inputs').map((input) => named(input, 'DATASET', 'input')),
    ...listAt(body, 'outputs').map((output) => named(output, 'DATASET', 'output')),
  ].filter((node) => node !== null);
  return [...new Map(all.map((node) => [`${node.part} ${node.id}`, node])).values()];
}

function named(value: unknown, kind: 'JOB' | 'DATASET', part: NamedNode['part']): NamedNode | null {
  const namespace = textAt(value, 'namespace');
  const name = textAt(value, 'name');
  if (namespace === null || name === null) return null;
  return { id: `${kind.toLowerCase()}:${segment(namespace)}:${segment(name)}`, kind, name, namespace, part };
}

/** Ids that are no UUIDs are known under another, which only the server can tell. */
function run(job: NamedNode, runId: string | null): NamedNode | null {
  if (runId === null || !UUID.test(runId)) return null;
  const id = `run:${job.id.slice('job:'.length)}:${runId.toLowerCase()}`;
  return { id, kind: 'RUN', name: runId, namespace: job.name, part: 'run' };
}

/** A segment of a NodeId: percent-encoded, in NFC. */
function segment(text: string): string {
  return encodeURIComponent(text.normalize('NFC').toWellFormed());
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
