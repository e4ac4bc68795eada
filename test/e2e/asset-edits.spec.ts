import { CreateToken } from '@headwater/application/access/create-token';
import { LOCAL_PRINCIPAL } from '@headwater/application/access/principals';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { CatalogApp, type GraphqlAnswer } from './catalog-app.js';
import { claimsFlow, datasetNode, facet, fieldNode, NS, runEvent, runId } from './catalog-events.js';

const CLAIMS = datasetNode('claims');
const HOLDER = fieldNode('claims', 'holder_hash');
const ANA = 'agent:user:ana';

const RESULT = `__typename
  ... on EditedAsset { position isReadable asset { id editVersion description owners { agent { id } role source because } tags { tag { name } source } } }
  ... on EditRefusal { reason message faults { pointer detail } current { editVersion } }`;

interface Edited {
  readonly __typename: string;
  readonly position: string;
  readonly isReadable: boolean;
  readonly reason: string;
  readonly message: string;
  readonly faults: readonly { readonly pointer: string }[];
  readonly current: { readonly editVersion: string } | null;
  readonly asset: {
    readonly editVersion: string;
    readonly description: string | null;
    readonly owners: readonly {
      readonly agent: { readonly id: string };
      readonly role: string;
      readonly source: string;
      readonly because: string;
    }[];
    readonly tags: readonly { readonly tag: { readonly name: string }; readonly source: string }[];
  };
}

const opened: CatalogApp[] = [];
let catalog: CatalogApp;

beforeEach(async () => {
  catalog = await CatalogApp.start();
  opened.push(catalog);
  await catalog.take(claimsFlow());
});
afterAll(async () => {
  for (const one of opened) await one.close();
});

async function edit(mutation: string, input: object, headers: Record<string, string> = {}): Promise<Edited> {
  return catalog.mutate<Edited>(mutation, input, { result: RESULT, headers });
}

const ownersOf = ({ asset }: Edited): readonly string[] =>
  asset.owners.map(({ agent, role, source }) => `${agent.id} ${role} ${source}`);
const tagsOf = ({ asset }: Edited): readonly string[] => asset.tags.map(({ tag, source }) => `${tag.name} ${source}`);

async function claimsNow(args = ''): Promise<Edited['asset']> {
  const { node } = await catalog.data<{ node: Edited['asset'] }>(
    `query ($id: ID!) { node(id: $id) { ... on Dataset { editVersion description${args} owners${args} { agent { id } role source because } tags${args} { tag { name } source } } } }`,
    { id: CLAIMS },
  );
  return node;
}

test('an owner is assigned, says who entered it, and is found by search', async () => {
  const done = await edit('assignOwner', { on: CLAIMS, agent: ANA, role: 'STEWARD', reason: 'she knows it' });
  expect(ownersOf(done)).toEqual([`${ANA} STEWARD EDIT`, 'agent:team:claims OWNER FACET']);
  expect(done.asset.owners[0]?.because).toMatch(/^Entered by .+ in event \d+$/);
  expect([done.isReadable, done.asset.editVersion]).toEqual([true, done.position]);
  const found = await catalog.data<{ search: { edges: { node: { id: string } }[] } }>(
    `query ($owner: ID!) { search(query: "", filter: { owners: [$owner] }) { edges { node { id } } } }`,
    { owner: ANA },
  );
  expect(found.search.edges.map(({ node }) => node.id)).toEqual([CLAIMS]);
});

test('an edit in the log says in short what it is', async () => {
  const { position } = await edit('assignOwner', { on: CLAIMS, agent: ANA, role: 'STEWARD', reason: 'she knows it' });
  const { events } = await catalog.data<{ events: { edges: { node: { summary: object } }[] } }>(
    `query ($at: String!) { events(filter: { fromPosition: $at, toPosition: $at }) { edges { node {
       summary { producer eventType subjectId reason edits { action part on value detail } } } } } }`,
    { at: position },
  );
  expect(events.edges[0]?.node.summary).toEqual({
    ...{ producer: LOCAL_PRINCIPAL.name, eventType: null, subjectId: CLAIMS, reason: 'she knows it' },
    edits: [{ action: 'STATE', part: 'OWNER', on: CLAIMS, value: ANA, detail: 'STEWARD' }],
  });
});

test('what an edit removes stays away whatever producers say, until it is stated again', async () => {
  const removed = await edit('removeOwner', { on: CLAIMS, agent: 'agent:team:claims' });
  expect(ownersOf(removed)).toEqual([]);
  const again = facet({ owners: [{ name: 'team:claims', type: 'OWNER' }] });
  await catalog.take([
    runEvent({
      ...{ job: 'clean', runId: runId(3), at: '2026-03-05T01:10:00Z' },
      outputs: [{ name: 'claims', facets: { ownership: again } }],
    }),
  ]);
  expect((await claimsNow()).owners).toEqual([]);
  const { owners } = await claimsNow('(asOf: "2026-03-02T12:00:00Z")');
  expect(owners.map(({ agent }) => agent.id)).toEqual(['agent:team:claims']);
  const stated = await edit('assignOwner', { on: CLAIMS, agent: 'agent:team:claims' });
  expect(ownersOf(stated)).toEqual(['agent:team:claims OWNER EDIT']);
});

test('tags go on assets and fields, and off', async () => {
  expect(tagsOf(await edit('tagAsset', { on: CLAIMS, tag: 'audited' }))).toEqual(['audited EDIT', 'tier=gold FACET']);
  expect(tagsOf(await edit('untagAsset', { on: CLAIMS, tag: 'tier=gold' }))).toEqual(['audited EDIT']);
  expect(tagsOf(await edit('untagAsset', { on: CLAIMS, tag: 'audited' }))).toEqual([]);
  await edit('tagAsset', { on: HOLDER, tag: 'hashed' });
  await edit('untagAsset', { on: HOLDER, tag: 'pii' });
  const { node } = await catalog.data<{ node: { tags: { tag: { name: string } }[] } }>(
    `query ($id: ID!) { node(id: $id) { ... on Field { tags { tag { name } } } } }`,
    { id: HOLDER },
  );
  expect(node.tags.map(({ tag }) => tag.name)).toEqual(['hashed']);
});

test('a description outranks that of producers, is replaced by the next, and can be taken back', async () => {
  expect((await edit('describeAsset', { on: CLAIMS, text: '# Claims\n\nAll of them.' })).asset.description).toBe(
    '# Claims\n\nAll of them.',
  );
  const second = await edit('describeAsset', { on: CLAIMS, text: 'All claims.' });
  expect(second.asset.description).toBe('All claims.');
  expect((await edit('describeAsset', { on: CLAIMS, text: null })).asset.description).toBe(
    'Claims without personal data.',
  );
});

test('a description of a field outranks that of its schema, since then, and is found', async () => {
  const before = new Date().toISOString();
  const edited = await edit('describeAsset', { on: HOLDER, text: 'Who holds the *policy*, made unreadable.' });
  expect(edited.asset.description).toBe('Claims without personal data.');
  const ask = async (): Promise<readonly (string | null)[]> => {
    const { node, then } = await catalog.data<{
      node: { description: string | null };
      then: { fields: { edges: { node: { id: string; description: string | null } }[] } };
    }>(
      `query ($id: ID!, $of: ID!, $then: DateTime!) {
        node(id: $id) { ... on Field { description } }
        then: node(id: $of) { ... on Dataset { fields(asOf: $then) { edges { node { id description } } } } } }`,
      { id: HOLDER, of: CLAIMS, then: before },
    );
    const { node: old } = then.fields.edges.find(({ node: field }) => field.id === HOLDER) ?? { node: null };
    return [node.description, old?.description ?? null];
  };
  const [now, then] = await ask();
  expect(now).toBe('Who holds the *policy*, made unreadable.');
  expect(then).not.toBe(now);
  const { search } = await catalog.data<{ search: { edges: { node: object }[] } }>(
    '{ search(query: "unreadable") { edges { node { id highlights { field text } } } } }',
  );
  const text = 'holder_hash: Who holds the *policy*, made unreadable.';
  expect(search.edges).toEqual([{ node: { id: CLAIMS, highlights: [{ field: 'DESCRIPTION', text }] } }]);
  await edit('describeAsset', { on: HOLDER, text: null });
  expect((await ask())[0]).toBe(then);
});

test('an edit that expects another state is refused, says who was there, and changes nothing', async () => {
  const { editVersion } = await claimsNow();
  expect(editVersion).toMatch(/\.0$/);
  const first = await edit('tagAsset', { on: CLAIMS, tag: 'one', expectedVersion: editVersion });
  const second = await edit('tagAsset', { on: CLAIMS, tag: 'two', expectedVersion: editVersion });
  expect(second).toMatchObject({ __typename: 'EditRefusal', reason: 'EDITED_MEANWHILE' });
  expect(second.message).toMatch(/ edited it meanwhile/);
  expect(second.current?.editVersion).toBe(first.position);
  expect((await claimsNow()).tags.map(({ tag }) => tag.name)).toEqual(['one', 'tier=gold']);
});

test('of two edits at the same moment that expect the same state one is made', async () => {
  const { editVersion } = await claimsNow();
  const document = (tag: string): Promise<GraphqlAnswer> =>
    catalog.ask(`mutation ($input: TagAssetInput!) { tagAsset(input: $input) { ${RESULT} } }`, {
      input: { on: CLAIMS, tag, expectedVersion: editVersion },
    });
  const answers = await catalog.whileProjecting(Promise.all([document('one'), document('two')]));
  const types = answers.map(({ data }) => (data as { tagAsset: Edited }).tagAsset.__typename);
  expect(types.sort()).toEqual(['EditRefusal', 'EditedAsset']);
  expect((await claimsNow()).tags.filter(({ source }) => source === 'EDIT')).toHaveLength(1);
});

test('the same request under the same key is made once', async () => {
  const { editVersion } = await claimsNow();
  const input = { on: CLAIMS, tag: 'once', idempotencyKey: 'k1', expectedVersion: editVersion };
  const first = await edit('tagAsset', input);
  expect((await edit('tagAsset', input)).position).toBe(first.position);
  const other = await edit('tagAsset', { ...input, idempotencyKey: 'k2' });
  expect(other.reason).toBe('EDITED_MEANWHILE');
});

test.each([
  ['assignOwner', { on: CLAIMS, agent: 'ana' }, ['/agent']],
  ['assignOwner', { on: CLAIMS, agent: 'agent:user:', role: '' }, ['/agent', '/role']],
  ['assignOwner', { on: CLAIMS, agent: ANA, role: '' }, ['/role']],
  ['assignOwner', { on: HOLDER, agent: ANA }, ['/on']],
  ['tagAsset', { on: CLAIMS, tag: ' ' }, ['/tag']],
  ['tagAsset', { on: 'run:a:b:c', tag: 'x' }, ['/on']],
  ['describeAsset', { on: CLAIMS, text: ' ' }, ['/text']],
  ['tagAsset', { on: CLAIMS, tag: 'x', reason: '' }, ['/reason']],
])('%s with %j is refused with what to do', async (mutation, input, pointers) => {
  const refused = await edit(mutation, input);
  expect([refused.reason, refused.faults.map(({ pointer }) => pointer)]).toEqual(['INVALID_INPUT', pointers]);
});

test('what is not there is said to be not there', async () => {
  expect(await edit('tagAsset', { on: datasetNode('nothing'), tag: 'x' })).toMatchObject({ reason: 'NO_SUCH_ASSET' });
  expect(await edit('tagAsset', { on: fieldNode('claims', 'no'), tag: 'x' })).toMatchObject({
    reason: 'NO_SUCH_FIELD',
  });
});

test('who may only read, and who does not see it, cannot edit', async () => {
  const guarded = await CatalogApp.start({ auth: 'on' });
  opened.push(guarded);
  await guarded.take(claimsFlow());
  const tokenOf = async (scopes: readonly ('catalog:read' | 'catalog:edit')[], reads: readonly string[] | null) => {
    const { text } = await new CreateToken(guarded.access.parts).execute(
      { principal: LOCAL_PRINCIPAL, address: null },
      { name: 'editor', owner: 'tests', scopes, writes: null, reads, expiresAt: null },
    );
    return { authorization: `Bearer ${text}` };
  };
  const query = `mutation ($input: TagAssetInput!) { tagAsset(input: $input) { ${RESULT} } }`;
  const ask = async (headers: Record<string, string>): Promise<GraphqlAnswer> =>
    guarded.whileProjecting(guarded.ask(query, { input: { on: CLAIMS, tag: 'x' } }, headers));
  const read = await ask(await tokenOf(['catalog:read'], null));
  expect(read.errors[0]?.extensions['reason']).toBe('MISSING_SCOPE');
  const elsewhere = await ask(await tokenOf(['catalog:read', 'catalog:edit'], ['other']));
  expect(elsewhere.data).toMatchObject({ tagAsset: { reason: 'NO_SUCH_ASSET' } });
  const editor = await ask(await tokenOf(['catalog:read', 'catalog:edit'], null));
  expect(editor.data).toMatchObject({ tagAsset: { __typename: 'EditedAsset' } });
  const editsSeenBy = async (reads: readonly string[]): Promise<number> => {
    const { events } = await guarded.data<{ events: { edges: readonly object[] } }>(
      `query ($id: ID!) { events(filter: { node: $id, kinds: [EDIT] }) { edges { node { raw } } } }`,
      { id: CLAIMS },
      await guarded.readerOf(reads),
    );
    return events.edges.length;
  };
  expect([await editsSeenBy(['postgres*', 'airflow']), await editsSeenBy(['elsewhere'])]).toEqual([1, 0]);
});

test('a known role is one however it is spelled, by edits and by facets; others are as they are written', async () => {
  const spelled = facet({ owners: [{ name: 'team:shop', type: 'technical owner' }] });
  await catalog.take([
    {
      ...runEvent({ job: 'spelled', runId: runId(70), at: '2026-03-20T00:00:00Z' }),
      outputs: [{ namespace: NS, name: 'spelled', facets: { ownership: spelled } }],
    },
  ]);
  const on = datasetNode('spelled');
  const shown = (asset: Edited['asset']): readonly string[] =>
    asset.owners.map(({ agent, role }) => `${role} ${agent.id}`).sort();
  const given = async (role: string) => shown((await edit('assignOwner', { on, agent: ANA, role })).asset);
  const shop = 'TECHNICAL_OWNER agent:team:shop';
  expect(await given('owner')).toEqual([`OWNER ${ANA}`, shop]);
  expect(await given('Technical-Owner')).toEqual([`OWNER ${ANA}`, shop, `TECHNICAL_OWNER ${ANA}`]);
  expect(await given('Data steward')).toContain(`Data steward ${ANA}`);
  const left = await edit('removeOwner', { on, agent: ANA, role: 'OWNER ' });
  expect(shown(left.asset)).toEqual([`Data steward ${ANA}`, shop, `TECHNICAL_OWNER ${ANA}`]);
});

test('roles and tags that no file or rule could name are refused', async () => {
  const refused = async (mutation: string, input: object): Promise<unknown> => {
    const result = '... on EditRefusal { reason faults { pointer code } }';
    return catalog.mutate(mutation, { on: CLAIMS, ...input }, { result });
  };
  for (const role of ['A|B', 'a=b'])
    expect(await refused('assignOwner', { agent: ANA, role })).toEqual({
      ...{ reason: 'INVALID_INPUT', faults: [{ pointer: '/role', code: 'ROLE_CHARACTERS' }] },
    });
  for (const tag of ['=v', '*', ' = v'])
    expect(await refused('tagAsset', { tag })).toEqual({
      ...{ reason: 'INVALID_INPUT', faults: [{ pointer: '/tag', code: 'TAG_WITHOUT_KEY' }] },
    });
  const file = '* A|B=team:a\nclaims technical-owner=team:b\n';
  const told = await catalog.mutate(
    'setOwnershipRules',
    { file },
    { result: '... on OwnershipRulesRefusal { faults { pointer code detail } }' },
  );
  expect(told).toMatchObject({ faults: [{ code: 'ROLE_CHARACTERS', detail: expect.stringMatching(/^line 1: /u) }] });
});
