import type { ReadTime } from './read-time.js';
import type { FacetRow, FactRow, SchemaVersionRow } from '../catalog.js';
import type { FactKind } from '../facts.js';
import type { DefinitionKind, DefinitionRow } from '../governance/definition.js';
import type { NodeId } from '../identifiers.js';
import type { Page, PageRequest } from '../page.js';
import type { Micros } from '../time.js';

/** A field as a schema shows it at one moment, under its canonical dataset. */
export interface FieldView {
  readonly id: NodeId;
  readonly datasetId: NodeId;
  readonly path: readonly string[];
  /** The last segment of `path`. */
  readonly name: string;
  readonly type: string | null;
  readonly description: string | null;
  /** Null where no schema lists it: column lineage or a fact names it. */
  readonly ordinal: number | null;
  readonly deletedAt: Micros | null;
}

export interface SchemaReader {
  /** Fields by id as they are now, deleted ones included. */
  fields(ids: readonly NodeId[]): Promise<ReadonlyMap<NodeId, FieldView>>;
  /**
   * Fields of each dataset in schema order: those of the authoritative schemas valid then (the latest one first), of
   * readers' schemas only where there is none. With `at` null they are the fields that exist now, and behind the
   * schema's follow those that only column lineage or a fact names.
   */
  fieldsOfDatasets(
    datasets: readonly NodeId[],
    time: { readonly at: Micros | null; readonly knownAt: Micros },
    page: PageRequest,
  ): Promise<ReadonlyMap<NodeId, Page<FieldView>>>;
  /** Schema intervals of each dataset as known at `knownAt`, newest validity first. */
  schemaVersions(
    datasets: readonly NodeId[],
    page: PageRequest,
    knownAt: Micros,
  ): Promise<ReadonlyMap<NodeId, Page<SchemaVersionRow>>>;
}

export interface FacetReader {
  /** Facets that hold now on assets and runs, of these names or (null) all, by name and producer. */
  facets(nodes: readonly NodeId[], names: readonly string[] | null): Promise<ReadonlyMap<NodeId, readonly FacetRow[]>>;
}

export interface FactReader {
  /**
   * Facts of these kinds about assets and fields that hold at `time`: edits before rules before facets, then latest
   * validity first. {@link FactRow.nodeId} is the node the fact was stated about, a member of the component asked for.
   */
  facts(
    nodes: readonly NodeId[],
    kinds: readonly FactKind[],
    time: ReadTime,
  ): Promise<ReadonlyMap<NodeId, readonly FactRow[]>>;
  /**
   * TAG and NOT_TAG facts of one tag that hold at `time`, a bare key standing for each of its values too, in the order of
   * {@link facts}, by whatever name of an asset they were stated about.
   */
  tagged(tag: string, time: ReadTime): Promise<readonly FactRow[]>;
  /**
   * TAG facts about fields that these datasets have at `time`, of tags that one of `tags` names as in {@link tagged}, or
   * (null) of any: by dataset, each in the order of {@link tagged}.
   */
  fieldTags(
    datasets: readonly NodeId[],
    tags: readonly string[] | null,
    time: ReadTime,
  ): Promise<ReadonlyMap<NodeId, readonly FactRow[]>>;
  /** OWNER facts that name an agent and hold at `time`, whether or not something overrules them, in the order of {@link tagged}. */
  owned(agent: NodeId, time: ReadTime): Promise<readonly FactRow[]>;
  /** Every DOMAIN fact that holds at `time`, in the order of {@link tagged}, by whatever name of an asset it was stated about. */
  placed(time: ReadTime): Promise<readonly FactRow[]>;
  /** PRODUCT facts that name one of these data products and hold at `time`, by product, each in the order of node ids. */
  outputPorts(products: readonly NodeId[], time: ReadTime): Promise<ReadonlyMap<NodeId, readonly FactRow[]>>;
}

export interface FactHistoryReader {
  /** Facts of a kind whenever they held, as known then: of each node what held last comes first. */
  factHistory(
    nodes: readonly NodeId[],
    kind: FactKind,
    knownAt: Micros,
  ): Promise<ReadonlyMap<NodeId, readonly FactRow[]>>;
}

export interface DefinitionReader {
  /** Definitions of these ids that hold at `time`. */
  definitions(ids: readonly NodeId[], time: ReadTime): Promise<ReadonlyMap<NodeId, DefinitionRow>>;
  /** Every definition of a kind that holds at `time`, by id. */
  definitionsOf<K extends DefinitionKind>(
    kind: K,
    time: ReadTime,
  ): Promise<readonly Extract<DefinitionRow, { readonly kind: K }>[]>;
  /** Of each of these ids what it was at any time, as known then, the latest first. */
  definitionHistory(ids: readonly NodeId[], knownAt: Micros): Promise<ReadonlyMap<NodeId, readonly DefinitionRow[]>>;
}
