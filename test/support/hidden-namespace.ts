import { definitionEditBytes } from '@headwater/domain/governance/definition-edit';
import { readOwnershipFile } from '@headwater/domain/governance/ownership-file';
import { USUAL_CARRIAGE } from '@headwater/domain/classification/carriage';
import { FIELD_CONCEPTS_ID } from '@headwater/domain/collection/field-concepts';
import { SUGGESTION_RULES_ID } from '@headwater/domain/classification/suggestions/suggestion-rules';
import { TAG_RULES_ID } from '@headwater/domain/classification/tag-rules';
import { assetEditBytes } from '@headwater/domain/governance/asset-edit';
import { LOGICAL_RULES_ID } from '@headwater/domain/governance/logical-rules';
import { OWNERSHIP_RULES_ID } from '@headwater/domain/governance/ownership-rules';
import { agentId, datasetId, domainId, jobId, logicalId } from '@headwater/domain/identifiers';
/** Namespaces that the restricted caller of these tests sees. */
export const SEEN = ['open', 'wh', 'AA'];
/** Part of every name that the caller must not learn, the namespace's own included. */
export const MARK = 'Hush-7f3a';
export const HUSH = `${MARK}://vault:9`;
export const uuid = (n: number): string => `0190b0c5-0000-7000-8000-${String(n).padStart(12, '0')}`;
/** A run id that a hidden and two visible jobs share, and one that a hidden and one visible job share. */
export const TWIN = uuid(77);
export const PAIR = uuid(78);

const PRODUCER = 'https://example.com/etl/1.0';
const SCHEMA = 'https://openlineage.io/spec/2-0-2/OpenLineage.json';
const facet = (body: object): object => ({ _producer: PRODUCER, _schemaURL: `${SCHEMA}#/$defs/Facet`, ...body });
const hush = (name: string): { namespace: string; name: string } => ({ namespace: HUSH, name: `${MARK}-${name}` });
const seen = (name: string, facets: object = {}): object => ({ namespace: 'wh', name, facets });

interface Step {
  readonly job: { readonly namespace: string; readonly name: string };
  readonly run: number | string;
  readonly minute: number;
  readonly inputs?: readonly object[];
  readonly outputs?: readonly object[];
  readonly runFacets?: object;
  readonly jobFacets?: object;
}

const open = (name: string): Step['job'] => ({ namespace: 'open', name });

function runEvent({ job, run, minute, inputs = [], outputs = [], runFacets = {}, jobFacets = {} }: Step): object {
  return {
    eventType: 'COMPLETE',
    eventTime: new Date(Date.parse('2026-03-01T00:00:00Z') + minute * 60_000).toISOString(),
    producer: PRODUCER,
    schemaURL: `${SCHEMA}#/$defs/RunEvent`,
    run: { runId: typeof run === 'string' ? run : uuid(run), facets: runFacets },
    job: { ...job, facets: jobFacets },
    inputs,
    outputs,
  };
}

const parent = (job: Step['job'], run: number, root = { job, run }): object => ({
  parent: facet({
    run: { runId: uuid(run) },
    job,
    root: { run: { runId: uuid(root.run) }, job: root.job },
  }),
});

const columns = (...names: string[]): object => ({
  schema: facet({ fields: names.map((name) => ({ name, type: 'VARCHAR', description: `the ${name}` })) }),
});

const sources = (field: string, from: object): object => ({
  columnLineage: facet({
    fields: { [field]: { inputFields: [{ ...from, field: 'source_column', transformations: [TRANSFORMATION] }] } },
    dataset: [{ ...from, field: 'filter_column', transformations: [{ type: 'INDIRECT', subtype: 'FILTER' }] }],
  }),
});
const TRANSFORMATION = { type: 'DIRECT', subtype: 'IDENTITY', description: 'as it is', masking: false };

const owned = (name: string, ...tags: readonly object[]): object => ({
  ownership: facet({ owners: [{ name, type: 'OWNER' }] }),
  tags: facet({ tags: [{ key: `tag-of-${name}`, value: 'yes', source: 'test' }, ...tags] }),
  documentation: facet({ description: `kept by ${name}` }),
});

/**
 * One namespace that must not be learned of in every place that an event has for a name: job, input, output, parent,
 * root, child, symlink, source of a column, explicit lineage, control dependency, rename, twin of a run id, facets that
 * nobody knows, owners and tags, and the middle of a chain between what may be seen.
 */
export function eventsWithHiddenNamespace(): readonly object[] {
  return [
    // wh:raw -> load -> wh:stage -> (hidden) -> (hidden) -> publish -> wh:mart, and wh:stage -> (hidden) -> wh:mart2.
    runEvent({
      ...{ job: open('load'), run: 1, minute: 0, inputs: [seen('raw', columns('id'))] },
      outputs: [
        seen('stage', {
          ...columns('id', 'name'),
          ...owned('team:open'),
          ...sources('id', { namespace: 'wh', name: 'raw' }),
        }),
      ],
    }),
    runEvent({
      ...{ job: hush('mid'), run: 2, minute: 1, inputs: [seen('stage')], jobFacets: owned(`team:${MARK}-jobs`) },
      outputs: [
        {
          ...hush('vault'),
          facets: {
            ...columns(`${MARK}-column`, `column-${MARK}`),
            // This one comes along to wh:mart.
            ...owned(`team:${MARK}`, { key: 'pii', value: 'from-afar', source: MARK, field: 'source_column' }),
            ...sources(`${MARK}-column`, { namespace: 'wh', name: 'stage' }),
          },
        },
        seen('mart2', { ...columns('id'), ...sources('id', { namespace: 'wh', name: 'stage' }) }),
      ],
    }),
    runEvent({
      ...{ job: open('publish'), run: 3, minute: 2, inputs: [{ ...hush('vault'), facets: {} }] },
      outputs: [seen('mart', { ...columns('id'), ...sources('id', hush('vault')) })],
    }),
    runEvent({
      job: open('report'),
      run: 4,
      minute: 3,
      inputs: [seen('mart'), seen('mart2')],
      outputs: [seen('report')],
    }),
    runEvent({
      job: open('odd'),
      run: 15,
      minute: 3,
      outputs: [seen('odd', { documentation: facet({ description: 5 }) })],
    }),
    // Parents, roots and children of both kinds.
    runEvent({ job: open('child'), run: 5, minute: 4, inputs: [seen('stage')], runFacets: parent(hush('parent'), 6) }),
    runEvent({ job: hush('child'), run: 7, minute: 5, inputs: [seen('stage')], runFacets: parent(open('load'), 1) }),
    runEvent({
      ...{ job: open('grandchild'), run: 8, minute: 6, outputs: [seen('leaf')] },
      runFacets: parent(open('load'), 1, { job: hush('root'), run: 9 }),
    }),
    // AA:thing comes before the hidden name and gives the merged node its id; wh:gone comes behind it.
    runEvent({
      ...{ job: open('merge'), run: 10, minute: 7 },
      inputs: [
        {
          namespace: 'AA',
          name: 'thing',
          facets: { ...columns('id'), symlinks: facet({ identifiers: [{ ...hush('other'), type: 'TABLE' }] }) },
        },
      ],
      outputs: [
        seen('gone', { ...columns('id'), symlinks: facet({ identifiers: [{ ...hush('canonical'), type: 'TABLE' }] }) }),
      ],
    }),
    runEvent({ job: open('clean'), run: 11, minute: 8, inputs: [seen('gone')], outputs: [seen('after')] }),
    // What a merged node has under any of its names is its own.
    runEvent({ job: hush('fill'), run: 12, minute: 8, outputs: [{ ...hush('other'), facets: owned('team:thing') }] }),
    // What only facets name.
    runEvent({
      ...{ job: open('declared'), run: 13, minute: 9, inputs: [seen('stage')] },
      outputs: [
        seen('explicit', {
          lineage: facet({
            inputs: [{ ...hush('explicit'), type: 'DATASET' }],
            fields: { id: { inputs: [{ ...hush('explicit'), type: 'DATASET', field: 'id' }] } },
          }),
          lifecycleStateChange: facet({ lifecycleStateChange: 'RENAME', previousIdentifier: hush('renamed') }),
          custom_pointer: facet({
            target: { targetNamespace: HUSH, table: 'x' },
            nodes: [`dataset:${encodeURIComponent(HUSH)}:x`],
            shown: 1,
          }),
          symlinks: facet({ identifiers: [{ namespace: HUSH }] }),
        }),
      ],
      runFacets: {
        jobDependencies: facet({ upstream: [{ job: hush('before'), run: { runId: uuid(14) } }], downstream: [] }),
      },
    }),
    ...[open('twin'), open('twin2'), hush('twin')].map((job, index) =>
      runEvent({ job, run: TWIN, minute: 10 + index, inputs: [seen('stage')] }),
    ),
    ...[open('pair'), hush('pair')].map((job, index) => runEvent({ job, run: PAIR, minute: 13 + index })),
    {
      eventTime: '2026-03-01T01:00:00Z',
      producer: `https://${MARK}.example`,
      schemaURL: `${SCHEMA}#/$defs/DatasetEvent`,
      dataset: { ...hush('declared'), facets: { ...owned(`team:${MARK}`), ...columns('id') } },
    },
    {
      eventTime: '2026-03-01T01:01:00Z',
      producer: PRODUCER,
      schemaURL: `${SCHEMA}#/$defs/JobEvent`,
      job: { ...hush('declared'), facets: {} },
      inputs: [seen('report')],
      outputs: [hush('far')],
    },
    // An event that may be seen ends edges with what may not.
    ...[hush('left'), seen('raw')].map((input, index) => ({
      eventTime: `2026-03-01T01:0${String(index + 2)}:00Z`,
      producer: PRODUCER,
      schemaURL: `${SCHEMA}#/$defs/JobEvent`,
      job: { ...open('restated'), facets: {} },
      inputs: [input],
      outputs: [seen('report')],
    })),
  ];
}

/** Every NodeId that the events make or name, and texts that stand for runs. */
export const ROOTS: readonly string[] = [
  ...['raw', 'stage', 'mart', 'mart2', 'report', 'gone', 'after', 'explicit'].map((name) => `dataset:wh:${name}`),
  'dataset:AA:thing',
  ...['load', 'publish', 'child', 'merge', 'declared', 'twin'].map((name) => `job:open:${name}`),
  ...[
    ['load', 1],
    ['child', 5],
    ['grandchild', 8],
    ['merge', 10],
  ].map(([job, run]) => `run:open:${String(job)}:${uuid(Number(run))}`),
  ...['stage:id', 'mart:id', 'mart2:id', 'gone:id'].map((field) => `field:wh:${field}`),
  ...['vault', 'other', 'canonical', 'declared', 'nothing'].map(
    (name) => `dataset:${encodeURIComponent(HUSH)}:${MARK}-${name}`,
  ),
  ...['mid', 'parent', 'child'].map((name) => `job:${encodeURIComponent(HUSH)}:${MARK}-${name}`),
  `run:${encodeURIComponent(HUSH)}:${MARK}-mid:${uuid(2)}`,
  `field:${encodeURIComponent(HUSH)}:${MARK}-vault:${MARK}-column`,
  `version:wh:stage:run:open:load:${uuid(1)}`,
  `version:wh:mart2:run:${encodeURIComponent(HUSH)}:${MARK}-mid:${uuid(2)}`,
  `agent:team:${MARK}`,
  'agent:team:open',
];

/** Every way that the mark may be written in a text, if it is: plain, in any case, percent-encoded, base64, hex. */
export function leaksIn(text: string): readonly string[] {
  const found = [text.toLowerCase(), decoded(text).toLowerCase()].some((plain) => plain.includes(MARK.toLowerCase()))
    ? ['plain']
    : [];
  const variants = [MARK, MARK.toLowerCase(), MARK.toUpperCase()];
  const hex = variants.some((mark) => text.toLowerCase().includes(Buffer.from(mark).toString('hex')));
  const base64 = variants.some((mark) =>
    // A text within another begins at any of three places of base64; what its neighbors reach into is left out.
    [0, 1, 2].some((shift) => {
      const whole = Buffer.from(`${'\0'.repeat(shift)}${mark}`)
        .toString('base64')
        .replaceAll('=', '');
      return text.includes(
        whole
          .slice(shift === 0 ? 0 : shift + 1, -1)
          .replaceAll('+', '-')
          .replaceAll('/', '_'),
      );
    }),
  );
  return [...found, ...(hex ? ['hex'] : []), ...(base64 ? ['base64'] : [])];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll(/%(?![0-9a-fA-F]{2})/g, '%25'));
  } catch {
    // Bytes that are no UTF-8: then nothing that encodeURIComponent wrote.
    return text;
  }
}

/** Where an answer shows the mark, with what is around it. */
export function excerpt(answer: object): string {
  const text = JSON.stringify(answer);
  const at = text.toLowerCase().indexOf(MARK.toLowerCase());
  return text.slice(Math.max(0, at - 300), at + 100);
}

/** A rule that names the hidden namespace, and fits what has a name in it beside one that may be seen. */
export function ruleOfHidden(): Uint8Array {
  const { rules } = readOwnershipFile(`namespace:${HUSH} team:ruled\n`);
  return definitionEditBytes({
    ...{ id: '1', by: { id: 'user:tests#ana', name: 'Ana' }, reason: null, expected: null },
    node: OWNERSHIP_RULES_ID,
    action: 'REPLACE',
    rules: rules.map(({ rule }) => rule),
  });
}

/** A rule for a tag whose name nobody else may learn. */
export function tagRuleOfHidden(): Uint8Array {
  return definitionEditBytes({
    ...{ id: '2', by: { id: 'user:tests#ana', name: 'Ana' }, reason: null, expected: null },
    node: TAG_RULES_ID,
    action: 'REPLACE',
    tagRules: [{ ...USUAL_CARRIAGE, tag: `tag-of-team:${MARK}` }],
  });
}

/** A rule that suggests a tag for hidden fields alone, by a name that nobody else may learn. */
export function suggestionRuleOfHidden(): Uint8Array {
  return definitionEditBytes({
    ...{ id: '3', by: { id: 'user:tests#ana', name: 'Ana' }, reason: null, expected: null },
    node: SUGGESTION_RULES_ID,
    action: 'REPLACE',
    suggestionRules: [{ name: `*${MARK}*`, type: null, tag: `suggested-of-team:${MARK}` }],
  });
}

/** A logical dataset of which nobody else sees a member, and the rule that makes one: what both are called is hidden. */
export function logicalOfHidden(): readonly Uint8Array[] {
  const by = { id: 'user:tests#ana', name: 'Ana' };
  const node = logicalId('vaulted');
  return [
    definitionEditBytes({
      ...{ id: '5', by, reason: null, expected: null, node, action: 'CREATE' },
      body: { name: `Vault of ${MARK}`, description: MARK, domain: null },
    }),
    definitionEditBytes({
      ...{ id: '6', by, reason: null, expected: null, node: LOGICAL_RULES_ID, action: 'REPLACE' },
      logicalRules: [{ namespace: HUSH, name: `${MARK}-vault`, key: 'vaulted' }],
    }),
  ];
}

/** Names that mean the same, one of them nobody else may learn. */
export function conceptOfHidden(): Uint8Array {
  return definitionEditBytes({
    ...{ id: '4', by: { id: 'user:tests#ana', name: 'Ana' }, reason: null, expected: null },
    node: FIELD_CONCEPTS_ID,
    action: 'REPLACE',
    concepts: [{ name: `concept of ${MARK}`, names: [`${MARK}-id`, 'id'], isOne: true }],
  });
}

/** A seen and a hidden dataset in a domain above that of the jobs that read them, of which the other is the hidden one. */
export function architectureOfHidden(): readonly Uint8Array[] {
  const by = { by: { id: 'user:tests#ana', name: 'Ana' }, reason: null, expected: null };
  const [upper, lower] = [domainId('upper'), domainId('lower')];
  const vault = hush('vault');
  const mid = hush('mid');
  const made = [
    [upper, 'PRODUCT'],
    [lower, 'BUSINESS'],
  ] as const;
  const placed = [
    [datasetId('wh', 'stage'), upper],
    [datasetId(vault.namespace, vault.name), upper],
    [jobId(mid.namespace, mid.name), lower],
    [jobId('open', 'publish'), lower],
  ] as const;
  return [
    ...made.map(([node, layer], at) =>
      definitionEditBytes({
        ...{ ...by, id: `domain-${String(at)}`, node, action: 'CREATE' },
        body: { name: node, description: null, parent: null, layer, isExternal: false, owners: [] },
      }),
    ),
    ...placed.map(([asset, value], at) =>
      assetEditBytes({
        ...{ ...by, id: `placed-${String(at)}`, asset },
        changes: [{ action: 'STATE', node: asset, kind: 'DOMAIN', value, detail: null }],
      }),
    ),
    assetEditBytes({
      ...{ ...by, id: 'owned', asset: datasetId(vault.namespace, vault.name) },
      changes: [
        {
          ...{ action: 'STATE', node: datasetId(vault.namespace, vault.name), kind: 'OWNER', detail: null },
          value: agentId('team', `${MARK}-jobs`),
        },
      ],
    }),
  ];
}
