import { NamespaceRule } from '@headwater/domain/access/namespace-rule';
import { canonicalName } from '@headwater/domain/collection/canonical-name';
import { ConceptNames, FIELD_CONCEPTS_ID, type FieldConcept } from '@headwater/domain/collection/field-concepts';
import { familyOf } from '@headwater/domain/collection/type-family';
import { definitionEditBytes } from '@headwater/domain/governance/definition-edit';
import { parseNodeId, type NodeId } from '@headwater/domain/identifiers';
import { LEAST_SCORE, type SimilarDataset } from '@headwater/domain/reading/discovery-reader';
import { LATEST } from '@headwater/domain/reading/read-time';
import { postgresCatalogReader } from '@headwater/store-postgres/catalog/postgres-catalog-reader';
import { ProjectionDatabase } from '@headwater/store-postgres/catalog/projection-database';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  dataset,
  datasetEvent,
  lifecycleFacet,
  minute,
  schemaFacet,
  symlinksFacet,
} from '../support/lineage-events.js';
import { projectionsOfFile } from '../support/rule-home.js';

const fresh = projectionsOfFile();

const CONCEPTS: readonly FieldConcept[] = [
  { name: 'user', names: ['uid', 'user_id'], isOne: true },
  { name: 'no concept', names: ['note', 'name'], isOne: false },
];
const FIELDS = ['user_id', 'userId', 'uid', 'amount', 'Amount', 'name', 'e-mail', 'note', 'at', 'x', '__'];

interface Made {
  readonly id: NodeId;
  readonly isDropped: boolean;
  readonly fields: readonly { readonly name: string; readonly type: string | null }[];
}

const field = fc.record({
  name: fc.constantFrom(...FIELDS),
  type: fc.constantFrom('INT', 'BIGINT', 'VARCHAR(20)', 'UUID', 'geometry', null),
});
const table = fc.record({
  fields: fc.uniqueArray(field, { minLength: 1, maxLength: 6, selector: ({ name }) => name }),
  isHidden: fc.boolean(),
  drop: fc.integer({ min: 0, max: 5 }),
  symlink: fc.option(fc.integer({ min: 0, max: 9 }), { freq: 3 }),
});

/** What is documented, dataset by dataset, of everything. */
function similarOf(
  asked: NodeId,
  made: readonly Made[],
  canonicalOf: (id: NodeId) => NodeId,
  rule: NamespaceRule,
): ReadonlyMap<NodeId, { readonly score: number; readonly shared: number }> {
  const concepts = new ConceptNames(CONCEPTS);
  const termOf = (name: string): string => concepts.of(name) ?? canonicalName(name);
  const sees = (id: NodeId): boolean => rule.allows(parseNodeId(id)?.segments[0] ?? '');
  const seen = made.filter(({ id, isDropped }) => !isDropped && sees(id) && sees(canonicalOf(id)));
  const rows = seen.flatMap(({ id, fields }) =>
    fields
      .filter(({ name }) => canonicalName(name) !== '')
      .map(({ name, type }) => ({ key: canonicalOf(id), term: termOf(name), name, family: familyOf(type) })),
  );
  const datasets = made.filter(({ id, isDropped }) => !isDropped && sees(id)).length;
  const weight = (term: string): number => Math.log(1 + datasets / rows.filter((row) => row.term === term).length);
  const own = rows.filter(({ key }) => key === canonicalOf(asked));
  const terms = [...new Set(own.map(({ term }) => term))];
  const total = terms.reduce((sum, term) => sum + weight(term), 0);
  const answers = new Map<NodeId, { score: number; shared: number }>();
  for (const other of new Set(rows.map(({ key }) => key))) {
    if (other === canonicalOf(asked)) continue;
    const theirs = rows.filter(({ key }) => key === other);
    const shared = terms.filter((term) =>
      own.some((a) =>
        theirs.some(
          (b) =>
            a.term === term && b.term === term && (a.family === null || b.family === null || a.family === b.family),
        ),
      ),
    );
    const more = new Set(theirs.filter(({ term }) => !terms.includes(term)).map(({ name }) => canonicalName(name)));
    const sum = shared.reduce((all, term) => all + weight(term), 0);
    const score = sum / (total + (total / terms.length) * more.size);
    if (shared.length > 0 && score >= LEAST_SCORE) answers.set(other, { score, shared: shared.length });
  }
  return answers;
}

test('similar datasets are those that a comparison of everything finds, whatever is hidden, deleted or merged', async () => {
  let found = 0;
  let isHiddenOneThere = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(table, { minLength: 4, maxLength: 10 }), async (tables) => {
      const projection = await fresh();
      const made: Made[] = [];
      for (const [index, { fields, isHidden, drop, symlink }] of tables.entries()) {
        const place = { name: `t${String(index)}`, namespace: isHidden ? 'hush' : 'db' };
        const schema = schemaFacet(fields.map(({ name, type }) => (type === null ? { name } : { name, type })));
        const other = symlink === null || symlink === index || symlink >= tables.length ? null : symlink;
        const facets = { schema, ...(other === null ? {} : { symlinks: symlinksFacet(`t${String(other)}`) }) };
        await projection.send(datasetEvent({ at: index, dataset: { ...place, facets } }));
        if (drop === 0)
          await projection.send(
            datasetEvent({
              at: 50 + index,
              dataset: { ...place, facets: { lifecycleStateChange: lifecycleFacet('DROP') } },
            }),
          );
        made.push({ id: dataset(place.name, place.namespace), isDropped: drop === 0, fields });
      }
      await projection.log.append([
        {
          kind: 'EDIT',
          receivedAt: minute(100),
          bytes: definitionEditBytes({
            ...{ id: '1', by: { id: 'user:tests#ana', name: 'Ana' }, reason: null, expected: null },
            ...{ node: FIELD_CONCEPTS_ID, action: 'REPLACE', concepts: CONCEPTS },
          }),
        },
      ]);
      await projection.project();
      const reader = postgresCatalogReader(new ProjectionDatabase(projection.database.pool, () => projection.schema));
      const assets = await reader.assets(
        made.map(({ id }) => id),
        LATEST,
      );
      const named = await projection.rows<{ id: NodeId }>(`SELECT id FROM @.asset WHERE kind = 'DATASET'`);
      // Names that only a symlink tells are datasets too.
      const everything = named.map(
        ({ id }): Made => made.find((one) => one.id === id) ?? { id, isDropped: false, fields: [] },
      );
      const canonicalOf = (id: NodeId): NodeId => assets.get(id)?.id ?? id;
      for (const rule of [NamespaceRule.ALL, NamespaceRule.of(['db'])]) {
        const asked = made.map(({ id }) => id).filter((id) => rule.isAll || canonicalOf(id).startsWith('dataset:db:'));
        const answers = await reader.similarDatasets(asked, rule);
        for (const id of asked) {
          const expected = similarOf(id, everything, canonicalOf, rule);
          const given: readonly SimilarDataset[] = answers.get(id) ?? [];
          expect(new Map(given.map(({ dataset: of, shared }) => [of, shared]))).toEqual(
            new Map([...expected].map(([of, { shared }]) => [of, shared])),
          );
          for (const { dataset: of, score } of given) expect(score).toBeCloseTo(expected.get(of)?.score ?? -1, 9);
          expect(given.map(({ score }) => score)).toEqual(given.map(({ score }) => score).sort((a, b) => b - a));
          found += given.length;
          if (given.some(({ dataset: of }) => of.startsWith('dataset:hush:'))) isHiddenOneThere += 1;
          if (!rule.isAll) expect(given.filter(({ dataset: of }) => of.startsWith('dataset:hush:'))).toEqual([]);
        }
      }
    }),
    { numRuns: 40 },
  );
  expect(found).toBeGreaterThan(100);
  expect(isHiddenOneThere).toBeGreaterThan(10);
}, 300_000);
