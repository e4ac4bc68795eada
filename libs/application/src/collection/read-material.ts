import type { FactRow } from '@headwater/domain/catalog';
import { edgesOf } from '@headwater/domain/classification/tag-edges';
import {
  hideInCarriedTag,
  tagsCarriedTo,
  type TagMoment,
  type TagPorts,
} from '@headwater/domain/classification/tag-lineage';
import type { FieldTags } from '@headwater/domain/collection/collection-plan';
import { copySources, Copies, type CopyWalk } from '@headwater/domain/collection/copies';
import { ConceptNames } from '@headwater/domain/collection/field-concepts';
import { JoinKeys, likelyGroups, type KeyField } from '@headwater/domain/collection/join-keys';
import type { NodeId } from '@headwater/domain/identifiers';
import { MAX_PAGE } from '@headwater/domain/page';
import { LATEST } from '@headwater/domain/reading/read-time';
import type { FieldView, SchemaReader } from '@headwater/domain/reading/schema-reader';
import type { Veil } from '@headwater/domain/traversal/hide-lineage';
import type { PlanReader } from './plan-reader.js';

/** Of a dataset so many fields are looked at for keys. */
const MOST_KEY_FIELDS = 500;

/** What was put on fields, and what came along to them. */
export async function readTags(
  ports: TagPorts,
  reader: Pick<PlanReader, 'facts'>,
  fields: readonly NodeId[],
  time: TagMoment,
  veil: Veil | null,
): Promise<ReadonlyMap<NodeId, FieldTags>> {
  const [facts, carried] = await Promise.all([reader.facts(fields, ['TAG'], time), tagsCarriedTo(ports, fields, time)]);
  return new Map(
    fields.map((field) => {
      const put = new Map<string, FactRow>();
      for (const fact of facts.get(field) ?? []) if (!put.has(fact.value)) put.set(fact.value, fact);
      const came = (carried.get(field) ?? []).filter(({ tag }) => !put.has(tag));
      return [
        field,
        {
          put: [...put.values()],
          carried: veil === null ? came : came.map((tag) => hideInCarriedTag(tag, veil)),
        },
      ];
    }),
  );
}

/** What each two of the datasets can be joined on, by all fields that they have now; `known`: those whose copies are known. */
export async function readKeys(
  walk: CopyWalk,
  reader: Pick<PlanReader, 'fieldsOfDatasets' | 'definitionsOf'>,
  { datasets, known }: { readonly datasets: readonly NodeId[]; readonly known: Copies },
  veil: Veil | null,
): Promise<JoinKeys> {
  const [views, [list]] = await Promise.all([
    fieldsNow(reader, datasets),
    reader.definitionsOf('FIELD_CONCEPTS', walk.time),
  ]);
  const concepts = new ConceptNames(list?.body.rules ?? []);
  const ids = views.map(({ id }) => id).filter((id) => !known.has(id));
  const copies = new Copies(new Set(ids), await copySources(walk, ids), true);
  const fields = views.map(({ id, name, type }) => ({
    id,
    name,
    type,
    root: (known.has(id) ? known : copies).rootOf(id),
    concept: concepts.of(name),
  }));
  const joins = await joinsOf(
    walk,
    [...new Set(likelyGroups(fields).flatMap((group) => group.map(({ id }) => id)))],
    veil,
  );
  return new JoinKeys(fields.map((field): KeyField => ({ ...field, joinedBy: joins.get(field.id) ?? NO_JOINS })));
}

const NO_JOINS: ReadonlySet<string> = new Set();

/** Pages are read of all datasets together; few have more than one. */
async function fieldsNow(
  reader: Pick<SchemaReader, 'fieldsOfDatasets'>,
  datasets: readonly NodeId[],
): Promise<readonly FieldView[]> {
  const found: FieldView[] = [];
  let asked = new Map<string | null, readonly NodeId[]>([[null, datasets]]);
  for (let read = 0; read < MOST_KEY_FIELDS && asked.size > 0; read += MAX_PAGE) {
    const next = new Map<string | null, NodeId[]>();
    const pages = await Promise.all(
      [...asked].map(([after, of]) =>
        reader.fieldsOfDatasets(of, { at: null, knownAt: LATEST }, { first: MAX_PAGE, after }),
      ),
    );
    for (const [dataset, { items, hasNextPage }] of pages.flatMap((page) => [...page])) {
      found.push(...items.map(({ item }) => item));
      const after = items.at(-1)?.cursor;
      if (hasNextPage && after !== undefined) next.set(after, [...(next.get(after) ?? []), dataset]);
    }
    asked = next;
  }
  return found;
}

/** Where jobs that the caller may know of joined on each field. */
async function joinsOf(
  { ports, time, budget }: CopyWalk,
  fields: readonly NodeId[],
  veil: Veil | null,
): Promise<ReadonlyMap<NodeId, ReadonlySet<string>>> {
  const found = new Map<NodeId, Set<string>>();
  for (const { from, to, rows } of await edgesOf(ports, [...fields].sort(), 'DOWNSTREAM', time, budget)) {
    for (const { job, transformations } of rows) {
      if (job === null || veil?.sees(job) === false || veil?.sees(to) === false) continue;
      if (
        !transformations.some(
          ({ type, subtype }) => type.toUpperCase() === 'INDIRECT' && subtype?.toUpperCase() === 'JOIN',
        )
      )
        continue;
      found.set(from, (found.get(from) ?? new Set()).add(`${job} ${to}`));
    }
  }
  return found;
}
