import { coded, HeadwaterError } from '@headwater/domain/errors';
import {
  columnsOf,
  leftOutOf,
  ownersOf,
  ownersOfExposure,
  saidIn,
  type DbtColumn,
  type DbtLeftOut,
} from './dbt-facts.js';
import type { DbtCatalog, DbtExposure, DbtManifest, DbtNode, DbtSource, DbtTable } from './read-artifacts.js';

const SPEC = 'https://openlineage.io/spec';
const EVENT = `${SPEC}/2-0-2/OpenLineage.json#/$defs`;
const INTEGRATION = 'https://github.com/OpenLineage/OpenLineage/tree/main/integration/common/openlineage/schema';
/** What dbt makes in a database. */
const MAKES: ReadonlySet<string> = new Set(['model', 'seed', 'snapshot']);

export interface DbtOptions {
  /** Of the datasets: the database as the naming rules of OpenLineage write it, such as `postgres://host:5432`. */
  readonly namespace: string;
  /** Of the jobs; `dbt` is what dbt-ol gives them. */
  readonly jobNamespace: string;
}

export interface DbtEvents {
  /** JobEvents and DatasetEvents; of the same artifacts and options the same ones. */
  readonly events: readonly object[];
  readonly jobs: number;
  readonly datasets: number;
  /** What has no meaning in a catalog of lineage, such as tests, and what is documented and not there. */
  readonly leftOut: readonly DbtLeftOut[];
}

/**
 * What a manifest, and a catalog where there is one, declares, as OpenLineage events: each model, seed and snapshot is a
 * job that makes a dataset, each exposure a job that reads, each source a dataset. Names are those that runs of dbt-ol have,
 * so that both meet. Throws INVALID_INPUT for a node that depends on one that is not there.
 */
export function dbtEvents(manifest: DbtManifest, catalog: DbtCatalog | null, options: DbtOptions): DbtEvents {
  const translation = new Translation(manifest, catalog, options);
  const made = Object.values(manifest.nodes).filter(isMade);
  const sources = Object.values(manifest.sources ?? {});
  const exposures = Object.values(manifest.exposures ?? {});
  const events = [
    ...sources.map((source) => translation.source(source)),
    ...made.map((node) => translation.node(node)),
    ...exposures.map((exposure) => translation.exposure(exposure)),
  ];
  return {
    events,
    jobs: made.length + exposures.length,
    datasets: made.length + sources.length,
    leftOut: leftOutOf(manifest, isMade, ({ unique_id: id }) => catalog?.nodes[id] ?? catalog?.sources?.[id]),
  };
}

class Translation {
  readonly #producer: string;
  readonly #eventTime: string;
  /** Names of relations, to tell whose another name would be. */
  readonly #relations: ReadonlySet<string>;

  constructor(
    private readonly manifest: DbtManifest,
    private readonly catalog: DbtCatalog | null,
    private readonly options: DbtOptions,
  ) {
    const version = manifest.metadata.dbt_version;
    this.#producer = `https://github.com/dbt-labs/dbt-core${saidIn(version) === null ? '' : `/tree/v${version ?? ''}`}`;
    const times = [manifest.metadata.generated_at, catalog?.metadata.generated_at ?? manifest.metadata.generated_at];
    this.#eventTime = times.sort((a, b) => Date.parse(a) - Date.parse(b)).at(-1) ?? '';
    const all = [...Object.values(manifest.nodes), ...Object.values(manifest.sources ?? {})];
    this.#relations = new Set(all.filter((node) => node.resource_type === 'source' || isMade(node)).map(nameOf));
  }

  source(source: DbtSource): object {
    const table = this.catalog?.sources?.[source.unique_id];
    const description = saidIn(source.description) ?? saidIn(source.source_description);
    return this.#event('DatasetEvent', { dataset: this.#dataset(source, table, { description, type: null }) });
  }

  node(node: DbtNode): object {
    const table = this.catalog?.nodes[node.unique_id];
    const materialized = node.config?.materialized ?? null;
    const facets = {
      jobType: this.#facet('JobTypeJobFacet', '2-0-4', {
        ...{ processingType: 'BATCH', integration: 'DBT', jobType: node.resource_type.toUpperCase() },
      }),
      ownership: this.#ownership('OwnershipJobFacet', ownersOf(node)),
      dbt_node: this.#foreign('dbt-node-job-facet.json', {
        ...{ unique_id: node.unique_id, database: node.database ?? null, schema: node.schema ?? null },
        ...{ alias: node.alias ?? null, original_file_path: node.original_file_path ?? null },
      }),
      ...this.#sql(node),
    };
    const described = { description: saidIn(node.description), type: typeOf(materialized) };
    const dataset = this.#dataset(node, table, described);
    const model = this.#foreign('dbt-model-dataset-facet.json', { config: { materialized } });
    return this.#event('JobEvent', {
      job: { namespace: this.options.jobNamespace, name: node.unique_id, facets },
      inputs: this.#inputs(node),
      outputs: [{ ...dataset, facets: { ...dataset.facets, dbt_model: model } }],
    });
  }

  exposure(exposure: DbtExposure): object {
    const facets = {
      jobType: this.#facet('JobTypeJobFacet', '2-0-4', {
        ...{ processingType: 'BATCH', integration: 'DBT', jobType: 'EXPOSURE' },
      }),
      documentation: this.#documentation('DocumentationJobFacet', exposureText(exposure)),
      ownership: this.#ownership('OwnershipJobFacet', ownersOfExposure(exposure)),
      tags: this.#tags('TagsJobFacet', exposure.tags, []),
    };
    return this.#event('JobEvent', {
      job: { namespace: this.options.jobNamespace, name: exposure.unique_id, facets },
      inputs: this.#inputs(exposure),
      outputs: [],
    });
  }

  /** Every facet is there, if only to say that what it said before holds no more. */
  #dataset(node: DbtNode | DbtSource, table: DbtTable | undefined, { description, type }: Described) {
    const columns = columnsOf(node, table);
    const kind = table?.metadata?.type?.toUpperCase().includes('VIEW') ? 'VIEW' : type;
    const facets = {
      documentation: this.#documentation('DocumentationDatasetFacet', description ?? saidIn(table?.metadata?.comment)),
      ownership: this.#ownership('OwnershipDatasetFacet', ownersOf(node)),
      tags: this.#tags('TagsDatasetFacet', node.tags, columns),
      ...(columns.length > 0 && { schema: this.#schema(columns) }),
      ...(kind !== null && { datasetType: this.#facet('DatasetTypeDatasetFacet', '1-0-1', { datasetType: kind }) }),
      ...this.#symlinks(node),
    };
    return { ...this.#named(node), facets };
  }

  #named(node: DbtNode | DbtSource): { readonly namespace: string; readonly name: string } {
    return { namespace: this.options.namespace, name: nameOf(node) };
  }

  /** What a node reads. What is ephemeral is no table: what it reads is read instead. */
  #inputs({ unique_id: from, depends_on: on }: DbtNode | DbtExposure): readonly object[] {
    const named = new Map<string, object>();
    const seen = new Set<string>();
    const open = [...on].reverse();
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (seen.has(id)) continue;
      seen.add(id);
      const node = this.manifest.nodes[id] ?? this.manifest.sources?.[id];
      if (node === undefined) {
        if (isNodeOfLineage(id)) throw unknownNode(from, id);
      } else if (node.resource_type === 'source' || isMade(node)) named.set(nameOf(node), this.#named(node));
      else if ('depends_on' in node) open.push(...[...(node as DbtNode).depends_on].reverse());
    }
    return [...named.values()];
  }

  #schema(columns: readonly DbtColumn[]): object {
    const fields = columns.map(({ name, type, description }) => ({
      name,
      ...(type !== null && { type }),
      ...(description !== null && { description }),
    }));
    return this.#facet('SchemaDatasetFacet', '1-2-0', { fields });
  }

  #documentation(facet: string, description: string | null): object {
    return description === null
      ? this.#facet(facet, '1-1-0', { _deleted: true })
      : this.#facet(facet, '1-1-0', { description, contentType: 'text/markdown' });
  }

  #ownership(facet: string, owners: readonly string[]): object {
    return this.#facet(facet, '1-0-1', { owners: owners.map((name) => ({ name })) });
  }

  #tags(facet: string, tags: readonly string[], columns: readonly DbtColumn[]): object {
    const said = [
      ...tags.map((tag) => ({ tag })),
      ...columns.flatMap(({ name: field, tags: of }) => of.map((tag) => ({ tag, field }))),
    ];
    const all = said.filter(({ tag }) => tag !== '').map(({ tag, ...on }) => ({ ...tagOf(tag), source: 'DBT', ...on }));
    return this.#facet(facet, '1-0-0', { tags: all });
  }

  #sql({ compiled_code: code, compiled_sql: older }: DbtNode): object {
    const query = saidIn(code) ?? saidIn(older);
    const dialect = this.manifest.metadata.adapter_type ?? null;
    return query === null
      ? {}
      : { sql: this.#facet('SQLJobFacet', '1-1-0', { query, ...(dialect !== null && { dialect }) }) };
  }

  /** dbt-ol calls the table of a source what the source is called, which the table itself may not be. */
  #symlinks(node: DbtNode | DbtSource): object {
    const other = qualified(node, node.name);
    if (node.resource_type !== 'source' || other === nameOf(node) || this.#relations.has(other)) return {};
    const identifiers = [{ namespace: this.options.namespace, name: other, type: 'TABLE' }];
    return { symlinks: this.#facet('SymlinksDatasetFacet', '1-0-1', { identifiers }) };
  }

  #facet(name: string, version: string, body: object): object {
    const schema = `${SPEC}/facets/${version}/${name}.json#/$defs/${name}`;
    return { _producer: this.#producer, _schemaURL: schema, ...body };
  }

  #foreign(file: string, body: object): object {
    return { _producer: this.#producer, _schemaURL: `${INTEGRATION}/${file}`, ...body };
  }

  #event(kind: 'JobEvent' | 'DatasetEvent', body: object): object {
    return { eventTime: this.#eventTime, producer: this.#producer, schemaURL: `${EVENT}/${kind}`, ...body };
  }
}

interface Described {
  readonly description: string | null;
  readonly type: string | null;
}

/** What the relation is called in its database: `database.schema.name`, parts that there are not left out. */
function nameOf(node: DbtNode | DbtSource): string {
  const { alias, identifier } = node as { readonly alias?: unknown; readonly identifier?: unknown };
  const own = [alias, identifier].find((name) => typeof name === 'string' && name !== '');
  return qualified(node, typeof own === 'string' ? own : node.name);
}

function qualified({ database, schema }: DbtNode | DbtSource, name: string): string {
  return [database, schema, name].filter((part) => typeof part === 'string' && part !== '').join('.');
}

function isEphemeral({ config }: DbtNode): boolean {
  return config?.materialized === 'ephemeral';
}

function isMade(node: DbtNode | DbtSource): boolean {
  return MAKES.has(node.resource_type) && !isEphemeral(node as DbtNode);
}

/** Of what else nodes depend on, such as metrics, nothing is read here. */
function isNodeOfLineage(id: string): boolean {
  return ['model', 'seed', 'snapshot', 'source'].some((kind) => id.startsWith(`${kind}.`));
}

function typeOf(materialized: string | null): string {
  return materialized === 'view' || materialized === 'materialized_view' ? 'VIEW' : 'TABLE';
}

/** `pii`, or `tier=gold` as a key and its value. */
function tagOf(tag: string): { readonly key: string; readonly value: string } {
  const at = tag.indexOf('=');
  return at > 0 ? { key: tag.slice(0, at), value: tag.slice(at + 1) } : { key: tag, value: 'true' };
}

function exposureText({ label, description, url }: DbtExposure): string | null {
  const parts = [saidIn(label), saidIn(description), saidIn(url)].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join('\n\n');
}

function unknownNode(from: string, on: string): HeadwaterError {
  return new HeadwaterError('INVALID_INPUT', 'The manifest.json of dbt cannot be imported', {
    faults: [
      {
        pointer: `/manifest/nodes/${from.replaceAll('~', '~0').replaceAll('/', '~1')}/depends_on`,
        ...coded('NO_SUCH', `names ${on}, which the manifest does not have: write it anew with "dbt parse"`, {
          ...{ kind: 'NODE', id: on },
        }),
      },
    ],
  });
}
