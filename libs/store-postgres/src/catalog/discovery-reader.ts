import type { NamespaceRule } from '@headwater/domain/access/namespace-rule';
import { canonicalName } from '@headwater/domain/collection/canonical-name';
import { ConceptNames } from '@headwater/domain/collection/field-concepts';
import { familyOf } from '@headwater/domain/collection/type-family';
import { nodeKey, type NodeId, type NodeKey } from '@headwater/domain/identifiers';
import { MOST_NAMES, type DiscoveryReader, type SimilarDataset } from '@headwater/domain/reading/discovery-reader';
import { LATEST } from '@headwater/domain/reading/read-time';
import type { DefinitionReader } from '@headwater/domain/reading/schema-reader';
import type { Micros } from '@headwater/domain/time';
import { componentsOf, memberKeys } from './components.js';
import { OWN_NAMES, RUNS_READ_TOGETHER, SHAPES_OF_NAMES, SIMILAR } from './discovery-statements.js';
import { ruleParameter } from './namespace-sql.js';
import { groupByIndex } from './pages.js';
import type { ProjectionDatabase } from './projection-database.js';

interface OwnRow {
  readonly n: number;
  readonly canonical: string;
  readonly name: string;
  readonly types: readonly (string | null)[];
}

interface SimilarRow {
  readonly n: number;
  readonly id: NodeId;
  readonly shared: number;
  readonly terms: readonly number[];
  readonly score: number;
}

/** A name of a dataset, or the concept that it is of. */
interface OwnName {
  readonly n: number;
  readonly term: number;
  readonly name: string;
  readonly types: readonly (string | null)[];
  readonly isAsked: boolean;
}

/** Datasets like others: a page of any size costs five statements, or two. */
export class PostgresDiscoveryReader implements DiscoveryReader {
  constructor(
    private readonly database: ProjectionDatabase,
    private readonly reader: Pick<DefinitionReader, 'definitionsOf'>,
  ) {}

  async similarDatasets(
    datasets: readonly NodeId[],
    within?: NamespaceRule,
  ): Promise<ReadonlyMap<NodeId, readonly SimilarDataset[]>> {
    if (datasets.length === 0) return new Map();
    const rule = ruleParameter(within);
    const [components, [held]] = await Promise.all([
      componentsOf(this.database, datasets, LATEST),
      this.reader.definitionsOf('FIELD_CONCEPTS', { at: LATEST, knownAt: LATEST }),
    ]);
    const { indexes, keys } = memberKeys(components);
    const rows = await this.database.rows<OwnRow>(OWN_NAMES, [indexes, keys, rule]);
    const { names, spellings } = termsOf(rows, new ConceptNames(held?.body.rules ?? []));
    const shapes = await this.#shapes(spellings);
    const found = await this.database.rows<SimilarRow>(SIMILAR, [
      names.map(({ n }) => n),
      names.map(({ term }) => term),
      names.map(({ types }) => familiesOf(types)),
      names.map(({ isAsked }) => isAsked),
      shapes.map(({ term }) => term),
      shapes.map(({ key }) => key),
      shapes.map(({ type }) => familyOf(type)),
      components.map((_, index) => index),
      components.map(({ canonical }) => nodeKey(canonical)),
      rule,
    ]);
    const spelled = new Map(names.map(({ n, term, name }) => [`${String(n)} ${String(term)}`, name]));
    const answers = groupByIndex(datasets, found).map(([dataset, group]): [NodeId, readonly SimilarDataset[]] => [
      dataset,
      group.map(({ n, id, shared, terms, score }) => ({
        ...{ dataset: id, score, shared },
        sharedFields: terms.flatMap((term) => spelled.get(`${String(n)} ${String(term)}`) ?? []),
      })),
    ]);
    return new Map(answers);
  }

  async runsReadTogether(
    datasets: readonly NodeId[],
    since: Micros,
    within?: NamespaceRule,
  ): Promise<ReadonlyMap<NodeId, ReadonlyMap<NodeId, number>>> {
    if (datasets.length === 0) return new Map();
    const components = await componentsOf(this.database, datasets, LATEST);
    const { indexes, keys } = memberKeys(components);
    const values = [indexes, keys, since, ruleParameter(within)];
    const rows = await this.database.rows<{ n: number; id: NodeId; runs: number }>(RUNS_READ_TOGETHER, values);
    const found = new Map<NodeId, ReadonlyMap<NodeId, number>>();
    for (const [dataset, group, index] of groupByIndex(datasets, rows)) {
      const own = components[index]?.canonical ?? dataset;
      found.set(dataset, new Map(group.filter(({ id }) => id !== own).map(({ id, runs }) => [id, runs])));
    }
    return found;
  }

  async #shapes(
    spellings: ReadonlyMap<string, number>,
  ): Promise<readonly { readonly key: NodeKey; readonly term: number; readonly type: string | null }[]> {
    const rows = await this.database.rows<{ key: NodeKey; canonical: string; type: string | null }>(SHAPES_OF_NAMES, [
      [...spellings.keys()],
    ]);
    return rows.flatMap(({ key, canonical, type }) => {
      const term = spellings.get(canonical);
      return term === undefined ? [] : [{ key, term, type }];
    });
  }
}

/** The names of each dataset, those of one concept as one, and which spellings each has anywhere. */
function termsOf(
  rows: readonly OwnRow[],
  concepts: ConceptNames,
): { readonly names: readonly OwnName[]; readonly spellings: ReadonlyMap<string, number> } {
  const terms = new Map<string, number>();
  const spellings = new Map<string, number>();
  const names = new Map<string, OwnName>();
  const asked = new Map<number, number>();
  for (const { n, canonical, name, types } of rows) {
    const text = concepts.of(canonical) ?? canonical;
    const term = terms.get(text) ?? terms.size;
    terms.set(text, term);
    for (const spelling of [canonical, ...concepts.othersOf(canonical).map(canonicalName)])
      spellings.set(spelling, term);
    const place = `${String(n)} ${String(term)}`;
    const known = names.get(place);
    if (known !== undefined) {
      names.set(place, { ...known, types: [...known.types, ...types] });
      continue;
    }
    const count = asked.get(n) ?? 0;
    asked.set(n, count + 1);
    names.set(place, { n, term, name, types, isAsked: count < MOST_NAMES });
  }
  return { names: [...names.values()], spellings };
}

/** Null where any type fits, since one of these is not known. */
function familiesOf(types: readonly (string | null)[]): string | null {
  const families = types.map(familyOf);
  return families.includes(null) ? null : [...new Set(families)].join(',');
}
