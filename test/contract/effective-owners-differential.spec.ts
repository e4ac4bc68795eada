import { pairOf } from '@headwater/domain/governance/agents/agents-edit';
import type { FactEdit } from '@headwater/domain/governance/asset-edit';
import { sourceOf, type ClaimedOwner } from '@headwater/domain/governance/effective-owners';
import { declinedDetail } from '@headwater/domain/governance/owner-answers';
import { readOwnershipFile } from '@headwater/domain/governance/ownership-file';
import { agentId, domainId, fieldId, productId, type NodeId } from '@headwater/domain/identifiers';
import { postgresCatalogReader } from '@headwater/store-postgres/catalog/postgres-catalog-reader';
import { ProjectionDatabase } from '@headwater/store-postgres/catalog/projection-database';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  dataset,
  datasetEvent,
  minute,
  ownershipFacet,
  schemaFacet,
  symlinksFacet,
} from '../support/lineage-events.js';
import { expectSameReplays } from '../support/projection-state.js';
import type { TestProjection } from '../support/projection.js';
import { projectionsOfFile } from '../support/rule-home.js';

const fresh = projectionsOfFile();

const NAMES = ['a', 'b.x', 'b.y', 'c'];
const DOMAINS = ['d0', 'd1', 'd2', 'd3'].map(domainId);
const PRODUCTS = ['p0', 'p1'].map(productId);
const AGENTS = ['ana', 'ben', 'cat'].map((name) => agentId('user', name));
const FIELDS = ['f', 'g'];
const ROLES = ['OWNER', 'STEWARD'];
const LINES = ['* user:ana', 'b.* user:ben STEWARD=user:cat', 'tag:pii user:cat', 'domain:d0 STEWARD=user:ana', 'c'];

const PII_RULES = readOwnershipFile('tag:pii user:cat').rules.map(({ rule }) => rule);

const name = fc.constantFrom(...NAMES);
const owner = fc.record({ agent: fc.constantFrom(...AGENTS), role: fc.constantFrom(...ROLES) });
const owners = fc.uniqueArray(owner, { maxLength: 3, selector: ({ agent, role }) => `${agent} ${role}` });
const action = fc.constantFrom<FactEdit['action']>('STATE', 'WITHDRAW');

/** Whom it enters, who is to answer then whatever was said before. */
interface Entered {
  readonly on: NodeId;
  readonly agent: string;
  readonly role: string;
}
interface Step {
  readonly take: (projection: TestProjection, at: number) => Promise<void>;
  readonly entered: Entered | null;
}
const stepOf = (take: Step['take'], entered: Entered | null = null): Step => ({ take, entered });

const edit = (kind: FactEdit['kind'], value: fc.Arbitrary<string>, detail: fc.Arbitrary<string | null>) =>
  fc.record({ action, name, value, detail }).map<Step>((drawn) => {
    const node = dataset(drawn.name);
    const role = drawn.detail ?? 'OWNER';
    const isEntered = kind === 'OWNER' && drawn.action === 'STATE';
    return stepOf(
      (projection, at) => projection.edit(at, [{ ...{ action: drawn.action, node, kind }, ...drawn }]),
      isEntered ? { on: node, agent: drawn.value, role } : null,
    );
  });
const none = fc.constant(null);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: edit('OWNER', fc.constantFrom(...AGENTS), fc.constantFrom(null, ...ROLES)) },
  { weight: 3, arbitrary: edit('DOMAIN', fc.constantFrom(...DOMAINS), none) },
  { weight: 3, arbitrary: edit('PRODUCT', fc.constantFrom(...PRODUCTS), none) },
  {
    weight: 6,
    arbitrary: fc
      .record({
        name,
        value: fc.constantFrom(...AGENTS),
        role: fc.constantFrom(...ROLES),
        kind: fc.constantFrom('CONFIRMED', 'DECLINED'),
      })
      .map<Step>(({ name: one, value, role, kind }) =>
        stepOf((projection, at) =>
          projection.edit(at, [
            {
              ...{ action: 'STATE', node: dataset(one), kind, value },
              detail: kind === 'DECLINED' ? declinedDetail(role, 'not mine') : role,
            },
          ]),
        ),
      ),
  },
  edit('TAG', fc.constantFrom('pii', 'pii=x', 'gold'), none),
  {
    weight: 4,
    arbitrary: fc
      .record({ action, name, field: fc.constantFrom(...FIELDS), value: fc.constantFrom('pii', 'pii=x', 'gold') })
      .map<Step>(({ name: one, field, ...drawn }) =>
        stepOf((projection, at) =>
          projection.edit(
            at,
            [{ ...drawn, node: fieldId(dataset(one), [field]), kind: 'TAG', detail: null }],
            null,
            dataset(one),
          ),
        ),
      ),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(name, fc.subarray(FIELDS))
      .map<Step>(([one, fields]) =>
        stepOf((projection, at) =>
          projection.send(datasetEvent({ at, dataset: { name: one, facets: { schema: schemaFacet(fields) } } })),
        ),
      ),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constantFrom(...DOMAINS), owners)
      .map<Step>(([domain, body]) =>
        stepOf((projection, at) => projection.define(at, domain, { action: 'CHANGE', body: { owners: body } })),
      ),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom(...PRODUCTS), owners)
      .map<Step>(([product, body]) =>
        stepOf((projection, at) => projection.define(at, product, { action: 'CHANGE', body: { owners: body } })),
      ),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom(...DOMAINS), fc.constantFrom(null, ...DOMAINS))
      .map<Step>(([domain, parent]) =>
        stepOf((projection, at) => projection.define(at, domain, { action: 'CHANGE', body: { parent } })),
      ),
  },
  {
    weight: 2,
    arbitrary: fc.subarray(LINES).map<Step>((lines) =>
      stepOf((projection, at) =>
        projection.rule(
          at,
          readOwnershipFile(lines.map((line) => `${line}\n`).join('')).rules.map(({ rule }) => rule),
        ),
      ),
    ),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(name, fc.subarray(['user:ana', 'user:ben']))
      .map<Step>(([one, sent]) =>
        stepOf((projection, at) =>
          projection.send(datasetEvent({ at, dataset: { name: one, facets: { ownership: ownershipFacet(sent) } } })),
        ),
      ),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(name, name)
      .filter(([one, other]) => one !== other)
      .map<Step>(([one, other]) =>
        stepOf((projection, at) =>
          projection.send(datasetEvent({ at, dataset: { name: one, facets: { symlinks: symlinksFacet(other) } } })),
        ),
      ),
  },
);

/** Two agents become one, or the first leaves what it is one with. */
const joined: fc.Arbitrary<Step> = fc
  .tuple(fc.constantFrom(...AGENTS), fc.constantFrom(...AGENTS), fc.boolean())
  .filter(([one, other]) => one !== other)
  .map(([node, other, isMerge]) => {
    const pairs = AGENTS.filter((id) => id !== node).map((id) => pairOf(node, id));
    return stepOf((projection, at) =>
      projection.agents(
        at,
        node,
        isMerge ? { action: 'MERGE', other, pairs: [pairOf(node, other)] } : { action: 'SPLIT', pairs, kept: [] },
      ),
    );
  });

const stated = (on: string, kind: FactEdit['kind'], value: string, detail: string, entered: Entered | null = null) =>
  stepOf(
    (projection, at) => projection.edit(at, [{ ...{ action: 'STATE', node: dataset(on), kind, value, detail } }]),
    entered,
  );

/** An owner declines under one name of what is then one dataset, and is entered again under another. */
const enteredAgain: fc.Arbitrary<readonly Step[]> = fc
  .tuple(name, name, fc.constantFrom(...AGENTS), fc.constantFrom(...ROLES))
  .filter(([one, other]) => one !== other)
  .map(([one, other, agent, role]) => {
    const entered = { on: dataset(one), agent, role };
    return [
      stated(one, 'OWNER', agent, role, entered),
      stated(other, 'DECLINED', agent, declinedDetail(role, 'not mine')),
      stepOf((projection, at) =>
        projection.send(datasetEvent({ at, dataset: { name: one, facets: { symlinks: symlinksFacet(other) } } })),
      ),
      stated(one, 'OWNER', agent, role, entered),
    ];
  });

const history = fc
  .array(
    fc.oneof(
      { weight: 12, arbitrary: step.map((one) => [one]) },
      { weight: 2, arbitrary: joined.map((one) => [one]) },
      { weight: 1, arbitrary: enteredAgain },
    ),
    {
      minLength: 10,
      maxLength: 25,
      size: 'max',
    },
  )
  .map((parts): readonly Step[] => parts.flat());

interface Moment {
  readonly entered: Entered | null;
  readonly at: number;
  readonly knownAt: number;
  readonly searched: ReadonlyMap<NodeId, readonly NodeId[]>;
}

async function searched(projection: TestProjection): Promise<ReadonlyMap<NodeId, readonly NodeId[]>> {
  const rows = await projection.rows<{ id: NodeId; owners: NodeId[] }>(
    `SELECT d.id, g.owner_ids AS owners FROM @.search_document d JOIN @.search_group g ON g.key = d.group_key`,
  );
  return new Map(rows.map(({ id, owners: of }) => [id, of] as const).sort(([a], [b]) => (a < b ? -1 : 1)));
}

async function prepared(projection: TestProjection): Promise<void> {
  const facets = { schema: schemaFacet(FIELDS) };
  await projection.send(...NAMES.map((one) => datasetEvent({ at: 0, dataset: { name: one, facets } })));
  for (const [index, id] of DOMAINS.entries()) {
    const parent = DOMAINS[index - 1] ?? null;
    const body = { name: id, description: null, parent, layer: null, isExternal: false, owners: [] };
    await projection.define(1, id, { action: 'CREATE', body });
  }
  for (const id of PRODUCTS) {
    const body = { name: id, description: null, domain: null, status: 'ACTIVE', owners: [] } as const;
    await projection.define(1, id, { action: 'CREATE', body });
  }
}

test('search goes by the owners that the domain finds, at every moment of any history', async () => {
  const seen = new Map<string, number>();
  const count = (what: string, more: number): void => {
    seen.set(what, (seen.get(what) ?? 0) + more);
  };
  await fc.assert(
    fc.asyncProperty(history, async (steps) => {
      const projection = await fresh();
      await prepared(projection);
      const moments: Moment[] = [];
      for (const [index, { take, entered }] of steps.entries()) {
        const at = 10 + index;
        await take(projection, at);
        const knownAt = await projection.knownNow();
        moments.push({ at: minute(at), knownAt, searched: await searched(projection), entered });
      }
      const reader = postgresCatalogReader(new ProjectionDatabase(projection.database.pool, () => projection.schema));
      for (const { at, knownAt, searched: found, entered } of moments) {
        const time = { at, knownAt };
        const names = await reader.agentNames(AGENTS, knownAt);
        const canonical = (agent: string): NodeId => names.get(agent as NodeId)?.[0] ?? (agent as NodeId);
        const tagged = await reader.fieldTags([...found.keys()], ['pii'], time);
        count('field tags', [...tagged.values()].flat().length);
        const fits = new Set((await reader.mayFit(PII_RULES, time)).map(({ id }) => id));
        for (const [id, facts] of tagged) expect(facts.length === 0 || fits.has(id)).toBe(true);
        count('MERGED', AGENTS.filter((agent) => canonical(agent) !== agent).length);
        const effective = await reader.effectiveOwners([...found.keys()], time);
        const twice = [...found.keys()].flatMap((id) => [id, id]);
        const ownersOf = (of: typeof effective) => [...of].map(([id, { owners: claims }]) => [id, claims]);
        expect(ownersOf(await reader.effectiveOwners(twice, time))).toEqual(ownersOf(effective));
        const idsOf = (id: NodeId): readonly NodeId[] => [
          ...new Set((effective.get(id)?.owners ?? []).map(({ agent }) => agent)),
        ];
        expect(found).toEqual(new Map([...found.keys()].map((id) => [id, [...idsOf(id)].sort()])));
        if (entered !== null) {
          const { owners: claims = [], declined = [] } =
            (await reader.effectiveOwners([entered.on], time)).get(entered.on) ?? {};
          const isMeant = ({ agent, role }: ClaimedOwner): boolean =>
            agent === canonical(entered.agent) && role === entered.role;
          expect(claims.some(isMeant)).toBe(true);
          expect(declined.some(({ claim }) => isMeant(claim))).toBe(false);
          const before = (await reader.effectiveOwners([entered.on], { at: at - 1, knownAt })).get(entered.on);
          const again = (before?.declined ?? []).filter(({ claim }) => isMeant(claim));
          count('entered again', again.length);
        }
        for (const [id, { declined }] of effective) {
          count('DECLINED', declined.length);
          count('DECLINED by another name', declined.filter(({ decline }) => decline.nodeId !== id).length);
        }
        for (const { owners: claims } of effective.values())
          for (const claim of claims) count(claim.confirmation === undefined ? sourceOf(claim) : 'CONFIRMED', 1);
        for (const agent of AGENTS) {
          const candidates = (await reader.mayAnswerFor(agent, time)).map(({ id }) => id);
          const may = new Set(candidates);
          expect(candidates).toHaveLength(may.size);
          const answers = [...found.keys()].filter((id) => idsOf(id).includes(canonical(agent)));
          expect(answers.filter((id) => !may.has(id))).toEqual([]);
        }
      }
    }),
    { numRuns: 40 },
  );
  for (const source of [
    'EDIT',
    'RULE',
    'FACET',
    'DATA_PRODUCT',
    'DOMAIN',
    'CONFIRMED',
    'DECLINED',
    'DECLINED by another name',
    'entered again',
    'MERGED',
    'field tags',
  ])
    expect(seen.get(source) ?? 0, source).toBeGreaterThan(5);
}, 300_000);

test('owners of domains and data products in one batch or many, live or replayed, give the same rows', async () => {
  const projection = await fresh();
  await prepared(projection);
  const [ana, ben] = AGENTS as [NodeId, NodeId];
  const [top, part] = DOMAINS as [NodeId, NodeId];
  const [product] = PRODUCTS as [NodeId];
  const ownedBy = (agent: NodeId) => ({ action: 'CHANGE', body: { owners: [{ agent, role: 'OWNER' }] } }) as const;
  await projection.define(3, top, ownedBy(ana));
  await projection.define(4, product, ownedBy(ben));
  const state = (kind: 'DOMAIN' | 'PRODUCT', value: NodeId, one: string): FactEdit => ({
    ...{ action: 'STATE', node: dataset(one), kind, value, detail: null },
  });
  await projection.edit(5, [state('DOMAIN', part, 'a')]);
  await projection.edit(6, [state('PRODUCT', product, 'c')]);
  for (const replay of await expectSameReplays(projection))
    expect(Object.fromEntries(await searched(replay))).toEqual({
      [dataset('a')]: [ana],
      ...{ [dataset('b.x')]: [], [dataset('b.y')]: [], [dataset('c')]: [ben] },
    });
});
