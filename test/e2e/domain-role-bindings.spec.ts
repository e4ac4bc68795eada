import { afterAll, beforeEach, expect, test } from 'vitest';
import { jobNode, NS, runEvent, runId } from './catalog-events.js';
import { BOUND, CLAIMS, DomainsApp, OTHER, PART, RAW, REPORT, SCORES, tokenOf, TOP } from './domains-app.js';

const opened: DomainsApp[] = [];
let domains: DomainsApp;

beforeEach(async () => {
  domains = await DomainsApp.start();
  opened.push(domains);
});
afterAll(async () => {
  for (const { catalog } of opened) await catalog.close();
});

test('a role is bound by a domain that there is, and grants nothing once that is gone', async () => {
  const subject = 'email:ann@example.org';
  const faults = async (input: object) =>
    (await domains.made(domains.admin, 'grantRole', { subject, ...input })).faults;
  expect(await faults({ role: 'EDITOR', domain: 'domain:none' })).toEqual([
    { pointer: '/domain', detail: 'there is no such domain: domain:none' },
  ]);
  expect(await faults({ role: 'EDITOR', domain: 'claims' })).toMatchObject([{ pointer: '/domain' }]);
  expect(await faults({ role: 'EDITOR', domain: 'agent:team:a' })).toMatchObject([{ pointer: '/domain' }]);
  for (const role of ['VIEWER', 'PRODUCER', 'AUDITOR', 'ADMIN'])
    expect(await faults({ role, domain: TOP }), role).toMatchObject([{ pointer: '/domain' }]);

  await domains.done(domains.admin, 'createDomain', { name: 'Short', key: 'short' });
  const bob = await domains.boundTo('domain:short');
  await domains.done(domains.admin, 'removeDomain', { domain: 'domain:short' });
  const gone = 'you may edit what is in domain:short, which is no more';
  await domains.refused(bob, 'tagAsset', { on: REPORT, tag: 'x' }, `You may not edit ${REPORT}: ${gone}`);
  const list = '{ roleBindings(first: 1) { edges { node { role domainId domain { name } } } } }';
  const { roleBindings } = await domains.catalog.data<{ roleBindings: object }>(list, {}, domains.admin);
  expect(roleBindings).toEqual({ edges: [{ node: { role: 'EDITOR', domainId: 'domain:short', domain: null } }] });
});

test('a binding is told where it holds, in the audit too, and is gone at once', async () => {
  const ann = await domains.boundTo(TOP, 'STEWARD', ['*']);
  const { viewer } = await domains.catalog.data<{ viewer: { scopes: object[] } }>(
    '{ viewer { scopes { scope namespaces domains { id namespaces } } } }',
    {},
    ann,
  );
  expect(viewer.scopes).toEqual([
    { scope: 'CATALOG_READ', namespaces: [['*'], ['*']], domains: [] },
    {
      ...{ scope: 'CATALOG_EDIT', namespaces: [] },
      domains: [
        { id: TOP, namespaces: [['*']] },
        { id: PART, namespaces: [['*']] },
      ],
    },
    { scope: 'DECISION_READ', namespaces: [['*']], domains: [] },
  ]);
  const { roleBindings } = await domains.catalog.data<{ roleBindings: { edges: { node: { id: string } }[] } }>(
    '{ roleBindings(first: 1) { edges { node { id domainId domain { name } } } } }',
    {},
    domains.admin,
  );
  const [binding] = roleBindings.edges.map(({ node }) => node);
  expect(binding).toMatchObject({ domainId: TOP, domain: { name: 'Claims' } });
  await domains.done(domains.admin, 'withdrawRole', { id: binding?.id });
  const { errors } = await domains.catalog.ask(
    `mutation ($input: TagAssetInput!) { tagAsset(input: $input) { __typename } }`,
    { input: { on: CLAIMS, tag: 'x' } },
    ann,
  );
  expect(errors[0]?.extensions).toMatchObject({ reason: 'MISSING_SCOPE' });
  const { accessEvents } = await domains.catalog.data<{ accessEvents: object }>(
    '{ accessEvents(first: 2, filter: { types: [ROLE_GRANTED, ROLE_WITHDRAWN] }) { edges { node { type domainId binding } } } }',
    {},
    domains.admin,
  );
  expect(accessEvents).toEqual({
    edges: ['ROLE_WITHDRAWN', 'ROLE_GRANTED'].map((type) => ({ node: { type, domainId: TOP, binding: binding?.id } })),
  });
});

test('namespaces of a binding narrow what is read and edited, and then nothing is defined', async () => {
  await domains.catalog.take([
    runEvent({
      ...{ job: 'more', runId: runId(92), at: '2026-03-06T01:00:00Z' },
      outputs: [{ namespace: 'hidden', name: 'secret' }],
    }),
  ]);
  const secret = 'dataset:hidden:secret';
  await domains.done(domains.admin, 'assignDomain', { on: secret, domain: TOP });
  const ann = await domains.boundTo(TOP, 'EDITOR', [NS]);
  await domains.done(ann, 'tagAsset', { on: RAW, tag: 'x' });
  expect(await domains.made(ann, 'tagAsset', { on: secret, tag: 'x' })).toMatchObject({ reason: 'NO_SUCH_ASSET' });
  await domains.refused(
    ann,
    'changeDomain',
    { domain: PART, name: 'x' },
    'Domains are of the whole catalog, and you may see or edit a part of it',
  );
  const { node } = await domains.catalog.data<{ node: object | null }>(`{ node(id: "${secret}") { id } }`, {}, ann);
  expect(node).toBeNull();
});

test('who edits by namespace and by domain has both, and neither more', async () => {
  const both = await domains.catalog.readerOf(null);
  const subject = `token:${tokenOf(both)}`;
  await domains.done(domains.admin, 'grantRole', { subject, role: 'EDITOR', namespaces: ['airflow'] });
  await domains.done(domains.admin, 'grantRole', { subject, role: 'EDITOR', domain: OTHER });
  await domains.done(both, 'assignDomain', { on: jobNode('score'), domain: TOP });
  await domains.done(both, 'tagAsset', { on: jobNode('score'), tag: 'x' });
  await domains.done(both, 'tagAsset', { on: SCORES, tag: 'x' });
  await domains.refused(
    both,
    'tagAsset',
    { on: CLAIMS, tag: 'x' },
    `You may not edit ${CLAIMS}: you may edit what is in domain:payouts (Payouts), and in some namespaces`,
  );
});

test('a rotated token edits where the one before it did', async () => {
  const ann = await domains.boundTo(TOP);
  const id = tokenOf(ann);
  const { text } = await domains.catalog.mutate<{ text: string }>(
    'rotateToken',
    { id },
    { result: '... on CreatedToken { text }', headers: domains.admin },
  );
  const next = { authorization: `Bearer ${text}` };
  await domains.done(next, 'tagAsset', { on: CLAIMS, tag: 'x' });
  await domains.refused(next, 'tagAsset', { on: SCORES, tag: 'x' }, `You may not edit ${SCORES}: ${BOUND}`);
});
