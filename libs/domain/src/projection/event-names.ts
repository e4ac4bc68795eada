import type { DatasetMention, LineageEvent } from '../events.js';
import { datasetId, jobId, type NodeId } from '../identifiers.js';
import { distinct } from './lineage-facets.js';
import type { Namer } from './namer.js';
import type { NameRules } from './name-rules.js';
import { normalizeDatasetName, normalizeJobName } from './name-rules.js';
import { fieldNames, readSchema, type FieldNames } from './schema-facet.js';
import type { AssetStatement, ParentStatement } from './statements.js';

type Draft = { -readonly [K in keyof AssetStatement]: AssetStatement[K] };

/** Turns the names of one event into nodes: applies the name rules, remembers each asset once and what it was called. */
export class EventNames implements Namer {
  readonly #rules: NameRules;
  readonly #assets = new Map<NodeId, Draft>();
  readonly #aliases = new Map<NodeId, NodeId>();
  readonly #fields = new Map<NodeId, readonly FieldNames[]>();
  readonly #datasets = new Map<string, NodeId>();

  constructor(event: LineageEvent, rules: NameRules) {
    this.#rules = rules;
    const mentions = [...event.inputs, ...event.outputs, ...(event.dataset === null ? [] : [event.dataset])];
    for (const mention of mentions) this.#learnFields(mention);
  }

  ownDataset(mention: { readonly namespace: string; readonly name: string }): NodeId {
    return this.#dataset(mention.namespace, mention.name, false);
  }

  dataset(namespace: string, name: string): NodeId {
    return this.#dataset(namespace, name, true);
  }

  /**
   * The event's own job. dbt names one model's job by mode; `uniqueId` is what its names share, and so the identity
   * (rule 26); the name as sent stays an alias.
   */
  ownJob(job: { readonly namespace: string; readonly name: string }, uniqueId: string | null): NodeId {
    if (!this.#rules.dbtUniqueId || uniqueId === null || uniqueId === job.name)
      return this.#job(job.namespace, job.name, false);
    const id = this.#job(job.namespace, uniqueId, false);
    this.#aliases.set(jobId(job.namespace, job.name), id);
    return id;
  }

  job(namespace: string, name: string): NodeId {
    return this.#job(namespace, name, true);
  }

  path(dataset: NodeId, field: string): readonly string[] {
    const known = this.#fields.get(dataset) ?? [];
    if (known.some(({ literal }) => literal.has(field))) return [field];
    // Of the schemas that the event has for it, the last one holds.
    return known.findLast(({ nested }) => nested.has(field))?.nested.get(field) ?? [field];
  }

  fieldsOf(dataset: NodeId): readonly string[] {
    return distinct((this.#fields.get(dataset) ?? []).flatMap(({ literal }) => [...literal]));
  }

  setType(asset: NodeId, assetType: string | null): void {
    const draft = this.#assets.get(asset);
    if (draft !== undefined && assetType !== null) draft.assetType = assetType;
  }

  /** A parent is a job of its own; a run that names itself has none. */
  referParent(parent: ParentStatement | null, self: NodeId): ParentStatement | null {
    if (parent === null || parent.run === self) return null;
    this.#refer(parent.job);
    if (parent.root !== null) this.#refer(parent.root.job);
    return parent;
  }

  assets(): readonly AssetStatement[] {
    return [...this.#assets.values()];
  }

  aliases(): readonly { readonly member: NodeId; readonly canonical: NodeId }[] {
    return [...this.#aliases].map(([member, canonical]) => ({ member, canonical }));
  }

  #dataset(namespace: string, name: string, referenced: boolean): NodeId {
    const memo = `${namespace}\n${name}`;
    const known = this.#datasets.get(memo);
    if (known !== undefined) {
      if (!referenced) this.#own(known);
      return known;
    }
    const normal = normalizeDatasetName({ namespace, name }, this.#rules);
    const id = datasetId(normal.namespace, normal.name);
    if (normal.namespace !== namespace || normal.name !== name) this.#aliases.set(datasetId(namespace, name), id);
    this.#datasets.set(memo, id);
    this.#remember(id, 'DATASET', normal.namespace, normal.name, referenced);
    return id;
  }

  #job(namespace: string, sent: string, referenced: boolean): NodeId {
    const { name } = normalizeJobName({ namespace, name: sent }, this.#rules);
    const id = jobId(namespace, name);
    if (name !== sent) this.#aliases.set(jobId(namespace, sent), id);
    this.#remember(id, 'JOB', namespace, name, referenced);
    return id;
  }

  #refer(job: NodeId): void {
    const [, namespace = '', name = ''] = job.split(':');
    this.#remember(job, 'JOB', decodeURIComponent(namespace), decodeURIComponent(name), true);
  }

  #remember(id: NodeId, kind: 'DATASET' | 'JOB', namespace: string, name: string, referenced: boolean): void {
    const known = this.#assets.get(id);
    if (known !== undefined) {
      if (!referenced) known.referenced = false;
      return;
    }
    const displayName = displayNameOf(name);
    this.#assets.set(id, { id, kind, namespace, name, displayName, referenced, assetType: null });
  }

  #own(id: NodeId): void {
    const known = this.#assets.get(id);
    if (known !== undefined) known.referenced = false;
  }

  #learnFields(mention: DatasetMention): void {
    const schemas = mention.facets.filter((facet) => facet.name === 'schema' && facet.valid && !facet.deleted);
    if (schemas.length === 0) return;
    const normal = normalizeDatasetName(mention, this.#rules);
    const id = datasetId(normal.namespace, normal.name);
    const names = schemas.map((facet) => fieldNames(readSchema(facet)));
    this.#fields.set(id, [...(this.#fields.get(id) ?? []), ...names]);
  }
}

/** What people call it: of a path the last part, of a dotted name what is behind the last dot. */
export function displayNameOf(name: string): string {
  const trimmed = name.replace(/[/.]+$/, '');
  const slash = trimmed.lastIndexOf('/');
  const short = trimmed.slice((slash >= 0 ? slash : trimmed.lastIndexOf('.')) + 1);
  return short === '' ? name : short;
}
