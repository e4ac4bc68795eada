import { HeadwaterError } from '@headwater/domain/errors';
import type { EdgeKind } from '@headwater/domain/graph';
import type { NodeKind } from '@headwater/domain/identifiers';

/** Labels that hold data, each with the property that is unique in it; every node of lineage carries `Node`. */
export const UNIQUE_KEYS = {
  Node: 'key',
  Pair: 'rowId',
  Restriction: 'rowId',
  Checkpoint: 'name',
} as const satisfies Readonly<Record<string, string>>;

/** Indexes that are not unique: restricted jobs and their pairs are looked up by job. */
export const LOOKUPS = [
  { name: 'pair_input', label: 'Pair', properties: ['job', 'input'] },
  { name: 'pair_output', label: 'Pair', properties: ['job', 'output'] },
  { name: 'restriction_job', label: 'Restriction', properties: ['job'] },
] as const satisfies readonly { name: string; label: keyof typeof UNIQUE_KEYS; properties: readonly string[] }[];

/** A second label on every node of lineage, for people who look at the graph in Neo4j's own tools. */
export const KIND_LABELS: Readonly<Record<NodeKind, string>> = {
  DATASET: 'Dataset',
  JOB: 'Job',
  FIELD: 'Field',
  RUN: 'Run',
  VERSION: 'Version',
  DECISION: 'Decision',
  AGENT: 'Agent',
  DOMAIN: 'Domain',
  TERM: 'Term',
  DATA_PRODUCT: 'DataProduct',
  PROPERTY: 'Property',
  LOGICAL_DATASET: 'LogicalDataset',
};

export const EDGE_KINDS: readonly EdgeKind[] = ['READ', 'WRITE', 'DERIVED', 'CONTROL', 'PARENT'];

/** From a member to its canonical node. */
export const ALIAS_TYPE = 'ALIAS_OF';

/** The suffix of every label of one generation of the graph: all of them live in one database. */
export type Generation = string;

const GENERATION = /^G[0-9]+$/;

/** Puts the generation into a statement; the only text that ever is. */
export function inGeneration(statement: string, generation: Generation): string {
  if (!GENERATION.test(generation)) {
    throw new HeadwaterError('INVALID_INPUT', `a generation is G and a number, not ${JSON.stringify(generation)}`);
  }
  return statement.replaceAll('{G}', generation);
}
