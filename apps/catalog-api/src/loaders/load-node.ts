import { kindOf, respellNodeId, type NodeId, type NodeKind } from '@headwater/domain/identifiers';
import type { CatalogContext } from '../catalog-context.js';
import { toAsset, type Dataset, type Job } from '../types/asset.js';
import { toDecision, type Decision } from '../types/decision.js';
import type { DataProduct } from '../types/data-product.js';
import type { Domain } from '../types/domain.js';
import type { Agent } from '../types/facts.js';
import { toDatasetVersion, toRun, type DatasetVersion, type Run } from '../types/run.js';
import { toField, type Field } from '../types/schema.js';
import type { LogicalDataset } from '../types/logical-dataset.js';
import type { GlossaryTerm } from '../types/term.js';
import { loadProfile } from './agents.js';
import { loadProduct } from './data-products.js';
import { loadDomain } from './domains.js';
import { loadLogical } from './logical-datasets.js';
import { loadTerm } from './terms.js';

/** Every type that a NodeId may lead to. */
export type AnyNode =
  | Dataset
  | Job
  | Run
  | Field
  | DatasetVersion
  | Agent
  | Domain
  | GlossaryTerm
  | DataProduct
  | LogicalDataset
  | Decision;

type Load = (context: CatalogContext, id: NodeId) => Promise<AnyNode | null>;

const asset: Load = async ({ loaders }, id) => mapped(await loaders.assets.load(id), toAsset);

// Kinds that the catalog keeps nothing of are unknown nodes.
const unknown: Load = () => Promise.resolve(null);

const LOAD: Readonly<Record<NodeKind, Load>> = {
  DATASET: asset,
  JOB: asset,
  FIELD: async ({ loaders }, id) => mapped(await loaders.fields.load(id), toField),
  RUN: async ({ loaders }, id) => mapped(await loaders.runs.load(id), toRun),
  VERSION: async ({ loaders }, id) => mapped(await loaders.versions.load(id), toDatasetVersion),
  AGENT: async (context, id) => (await loadProfile(context, id, context.readTime({})))?.agent ?? null,
  DECISION: async ({ decisionLoaders }, id) => mapped(await decisionLoaders.byId.load(id), toDecision),
  DOMAIN: (context, id) => loadDomain(context, id, context.readTime({})),
  TERM: (context, id) => loadTerm(context, id, context.readTime({})),
  // Properties are read by `customProperty`: they are no nodes of their own.
  PROPERTY: unknown,
  DATA_PRODUCT: (context, id) => loadProduct(context, id, context.readTime({})),
  LOGICAL_DATASET: (context, id) => loadLogical(context, id, context.readTime({})),
};

/** The node behind an id; null for an id that nothing has, or that is none. */
export async function loadNode(context: CatalogContext, text: string): Promise<AnyNode | null> {
  const id = respellNodeId(text);
  const kind = id === undefined ? undefined : kindOf(id);
  return id === undefined || kind === undefined ? null : LOAD[kind](context, id);
}

function mapped<R, T>(row: R | undefined, map: (row: R) => T): T | null {
  return row === undefined ? null : map(row);
}
