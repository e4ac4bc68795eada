import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bearer, makeToken, signIn } from '../support/callers.js';
import { ask, dataOf } from '../support/graphql.js';
import { startServer, type TestServer } from '../support/server.js';

const TOKEN_FIELDS = 'id name owner scopes writes reads createdAt createdBy expiresAt revokedAt lastUsedAt';
const REFUSAL = '... on AccessRefusal { reason message made faults { pointer detail } }';
const CREATE = `mutation($input: CreateTokenInput!) { createToken(input: $input) { __typename
  ... on CreatedToken { text token { ${TOKEN_FIELDS} } } ${REFUSAL} } }`;
const ROTATE = `mutation($input: RotateTokenInput!) { rotateToken(input: $input) { __typename
  ... on CreatedToken { text token { ${TOKEN_FIELDS} } } ${REFUSAL} } }`;
const REVOKE = `mutation($input: RevokeTokenInput!) { revokeToken(input: $input) { __typename
  ... on RevokedToken { id revokedAt } ${REFUSAL} } }`;
const GRANT = `mutation($input: GrantRoleInput!) { grantRole(input: $input) { __typename
  ... on RoleBinding { id subject role namespaces createdBy } ${REFUSAL} } }`;
const WITHDRAW = `mutation($input: WithdrawRoleInput!) { withdrawRole(input: $input) { __typename
  ... on RoleBinding { id subject role } ${REFUSAL} } }`;
const SIGN_OUT = `mutation($input: SignOutEverywhereInput!) { signOutEverywhere(input: $input) { __typename
  ... on SignedOut { user sessions } ${REFUSAL} } }`;
const VIEWER = '{ viewer { id kind name scopes { scope namespaces } } }';
const AUDIT = `query($filter: AccessEventFilter, $first: Int, $after: String) {
  accessEvents(filter: $filter, first: $first, after: $after) { pageInfo { hasNextPage endCursor } edges { node {
    id position at type actor address token replaces replacedUntil name owner scopes writes reads expiresAt binding subject
    role namespaces method reason count firstAt lastAt } } } }`;

interface Created {
  readonly __typename: 'CreatedToken';
  readonly text: string;
  readonly token: Readonly<Record<string, unknown>> & { readonly id: string };
}
interface Lines {
  readonly accessEvents: {
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
    readonly edges: readonly { readonly node: Readonly<Record<string, unknown>> }[];
  };
}

describe('the administration of access over GraphQL', () => {
  let server: TestServer;
  let admin: Record<string, string>;
  let adminId: string;

  beforeAll(async () => {
    server = await startServer({ HEADWATER_AUTH: 'on', HEADWATER_LOG_LEVEL: 'debug' });
    const { text, token } = await makeToken(server.access, { name: 'the admin' });
    admin = bearer(text);
    adminId = `token:${token.id}`;
  });
  afterAll(() => server.close());

  const change = async <T>(text: string, input: object, headers: Record<string, string> = admin): Promise<T> => {
    const data = await dataOf<Record<string, T>>(server.url, text, { input }, headers);
    return Object.values(data)[0] as T;
  };
  const create = (input: object = {}, headers = admin): Promise<Created> =>
    change(CREATE, { name: 'made here', owner: 'tests', scopes: ['CATALOG_READ'], ...input }, headers);
  const viewer = async (headers: Record<string, string>): Promise<unknown> =>
    (await ask<{ viewer: unknown }>(server.url, VIEWER, {}, headers)).data?.viewer ?? null;
  const audit = async (filter: object, headers = admin): Promise<readonly Record<string, unknown>[]> => {
    const { accessEvents } = await dataOf<Lines>(server.url, AUDIT, { filter }, headers);
    return accessEvents.edges.map(({ node }) => node);
  };

  test('the viewer is told who they are, with their scopes and the namespaces that these hold for', async () => {
    const { text, token } = await create({ scopes: ['CATALOG_READ', 'LINEAGE_WRITE'], writes: ['s3://a/*', '!*tmp*'] });
    expect(await viewer(bearer(text))).toEqual({
      id: `token:${token.id}`,
      kind: 'TOKEN',
      name: 'made here',
      scopes: [
        { scope: 'LINEAGE_WRITE', namespaces: [['s3://a/*', '!*tmp*']] },
        { scope: 'CATALOG_READ', namespaces: null },
      ],
    });
    const cookie = await signIn(server.access, { id: 'user:https://id.example#ann', roles: ['viewer'] });
    expect(await viewer({ cookie, origin: server.url })).toMatchObject({
      id: 'user:https://id.example#ann',
      kind: 'USER',
      scopes: [{ scope: 'CATALOG_READ', namespaces: null }],
    });
  });

  test('a token is made with its text shown once, works at once, and is listed without its secret', async () => {
    const expiresAt = '2099-01-01T00:00:00.000000Z';
    const made = await create({ name: ' airflow ', reads: ['a*'], expiresAt });
    expect(made.text).toMatch(/^hw_[0-9a-f]{12}_[\w-]{43}$/);
    expect(made.token).toMatchObject({ name: 'airflow', scopes: ['CATALOG_READ'], writes: null, reads: ['a*'] });
    expect(made.token).toMatchObject({ createdBy: adminId, expiresAt: '2099-01-01T00:00:00.000Z', revokedAt: null });
    expect(await viewer(bearer(made.text))).toMatchObject({ id: `token:${made.token.id}` });
    const list = `{ tokens(first: 1) { edges { node { ${TOKEN_FIELDS} } } pageInfo { hasNextPage } } }`;
    const listed = await ask<{ tokens: { edges: unknown[] } }>(server.url, list, {}, admin);
    expect(listed.data?.tokens).toMatchObject({
      edges: [{ node: { id: made.token.id } }],
      pageInfo: { hasNextPage: true },
    });
    expect(JSON.stringify(listed)).not.toContain(made.text.slice(16));
  });

  test('what is wrong with a token is said member by member, and nobody gives what they lack', async () => {
    expect(await create({ name: '', scopes: [], writes: [''], expiresAt: '2001-01-01' })).toMatchObject({
      __typename: 'AccessRefusal',
      reason: 'INVALID_INPUT',
      faults: [{ pointer: '/name' }, { pointer: '/scopes' }, { pointer: '/expiresAt' }],
    });
    expect(await create({ writes: ['a', '!'] })).toMatchObject({ faults: [{ pointer: '/writes/1' }] });
    expect(await create({ scopes: ['ADMIN'], reads: ['a*'] })).toMatchObject({ faults: [{ pointer: '/reads' }] });
    const small = bearer((await create({ scopes: ['ADMIN'] })).text);
    expect(await create({ scopes: ['LINEAGE_WRITE'] }, small)).toMatchObject({ reason: 'MISSING_SCOPE', faults: [] });
    expect(await change(GRANT, { subject: 'group:a', role: 'VIEWER' }, small)).toMatchObject({
      reason: 'MISSING_SCOPE',
    });
    const [id] = adminId.split(':').slice(1);
    expect(await change(ROTATE, { id }, small)).toMatchObject({ reason: 'MISSING_SCOPE' });
    expect(await create({ scopes: ['ADMIN'] }, small)).toMatchObject({ __typename: 'CreatedToken' });
  });

  test('a rotated token has the old rights and roles, and both are good until the overlap is over', async () => {
    const old = await create({ scopes: ['LINEAGE_WRITE'], writes: ['a*'] });
    await change(GRANT, { subject: `token:${old.token.id}`, role: 'VIEWER', namespaces: ['b*'] });
    const kept = await change<Created>(ROTATE, { id: old.token.id, overlapMinutes: 5 });
    const scopes = [
      { scope: 'LINEAGE_WRITE', namespaces: [['a*']] },
      { scope: 'CATALOG_READ', namespaces: [['b*']] },
    ];
    expect(await viewer(bearer(kept.text))).toMatchObject({ id: `token:${kept.token.id}`, scopes });
    expect(await viewer(bearer(old.text))).toMatchObject({ id: `token:${old.token.id}`, scopes });
    const last = await change<Created>(ROTATE, { id: kept.token.id, overlapMinutes: 0 });
    expect(await viewer(bearer(kept.text))).toBeNull();
    expect(await viewer(bearer(last.text))).toMatchObject({ scopes });
    expect(await change(ROTATE, { id: kept.token.id })).toMatchObject({ reason: 'NO_SUCH_TOKEN' });
    expect(await change(ROTATE, { id: last.token.id, overlapMinutes: 43_201 })).toMatchObject({ reason: 'OVERLAP' });
  });

  test('a revoked token is refused from then on, and revoking it again changes nothing', async () => {
    const made = await create();
    const revoked = await change<{ id: string; revokedAt: string }>(REVOKE, { id: made.token.id });
    expect(revoked).toMatchObject({ __typename: 'RevokedToken', id: made.token.id });
    const answer = await ask(server.url, VIEWER, {}, bearer(made.text));
    expect(answer.status).toBe(401);
    expect(await change(REVOKE, { id: made.token.id })).toMatchObject({ reason: 'NO_SUCH_TOKEN' });
    expect(await change(REVOKE, { id: 'nobody' })).toMatchObject({ reason: 'NO_SUCH_TOKEN' });
  });

  test('a role counts at once where it is bound, and not any more where it is withdrawn', async () => {
    const cookie = await signIn(server.access, { id: 'user:https://id.example#bo', roles: [] });
    const own = { cookie, origin: server.url };
    expect(await viewer(own)).toMatchObject({ scopes: [] });
    const binding = await change<{ id: string }>(GRANT, {
      subject: 'user:https://id.example#bo',
      role: 'ADMIN',
      namespaces: ['team/*'],
    });
    // Audit and administration are of the whole catalog, or not at all.
    const had = (await viewer(own)) as { scopes: { scope: string; namespaces: unknown }[] };
    expect(had.scopes.map(({ scope }) => scope)).not.toEqual(expect.arrayContaining(['ADMIN']));
    expect(had.scopes).toContainEqual({ scope: 'CATALOG_READ', namespaces: [['team/*']] });
    const list = '{ roleBindings { edges { node { id subject role namespaces createdBy createdAt } } } }';
    const listed = await dataOf<{ roleBindings: { edges: { node: unknown }[] } }>(server.url, list, {}, admin);
    expect(listed.roleBindings.edges[0]?.node).toMatchObject({ id: binding.id, role: 'ADMIN', createdBy: adminId });
    expect(await change(WITHDRAW, { id: binding.id })).toMatchObject({ __typename: 'RoleBinding', id: binding.id });
    expect(await viewer(own)).toMatchObject({ scopes: [] });
    expect(await change(WITHDRAW, { id: binding.id })).toMatchObject({ reason: 'NO_SUCH_BINDING' });
    expect(await change(GRANT, { subject: 'bo', role: 'VIEWER' })).toMatchObject({ faults: [{ pointer: '/subject' }] });
  });

  test('a change that is sent again under its key is made once, and no secret is shown again', async () => {
    const idempotencyKey = 'deploy 42';
    const made = await create({ name: 'once', idempotencyKey });
    const again = await change<Record<string, unknown>>(CREATE, {
      ...{ name: 'once', owner: 'tests', scopes: ['CATALOG_READ'], idempotencyKey },
    });
    expect(again).toMatchObject({ __typename: 'AccessRefusal', reason: 'REPEATED', made: made.token.id });
    expect(JSON.stringify(again)).not.toContain(made.text);
    expect(await create({ name: 'another', idempotencyKey })).toMatchObject({ reason: 'KEY_USED', made: null });
    expect(await audit({ types: ['TOKEN_CREATED'] })).toSatisfy(
      (lines: readonly Record<string, unknown>[]) => lines.filter(({ name }) => name === 'once').length === 1,
    );
    const rotate = { id: made.token.id, idempotencyKey: 'r' };
    const rotated = await change<Created>(ROTATE, rotate);
    expect(await change(ROTATE, rotate)).toMatchObject({ reason: 'REPEATED', made: rotated.token.id });
    const revoked = await change(REVOKE, { id: made.token.id, idempotencyKey: 'x' });
    expect(await change(REVOKE, { id: made.token.id, idempotencyKey: 'x' })).toEqual(revoked);
    expect(await change(REVOKE, { id: made.token.id })).toMatchObject({ reason: 'NO_SUCH_TOKEN' });
    const grant = { subject: 'group:once', role: 'VIEWER', idempotencyKey: 'g' };
    const bound = await change<{ id: string }>(GRANT, grant);
    expect(await change(GRANT, grant)).toEqual(bound);
    const withdraw = { id: bound.id, idempotencyKey: 'w' };
    expect(await change(WITHDRAW, withdraw)).toEqual(await change(WITHDRAW, withdraw));
    expect(await create({ idempotencyKey: '' })).toMatchObject({ faults: [{ pointer: '/idempotencyKey' }] });
  });

  test('people end all their own sessions, and only admins those of others', async () => {
    const [cy, dan] = ['user:https://id.example#cy', 'user:https://id.example#dan'];
    const cookies = await Promise.all([cy, cy, dan].map((id) => signIn(server.access, { id, roles: ['viewer'] })));
    const [first, second, third] = cookies.map((cookie) => ({ cookie, origin: server.url }));
    if (first === undefined || second === undefined || third === undefined) throw new Error('three browsers');
    expect(await change(SIGN_OUT, { user: dan }, first)).toMatchObject({ reason: 'MISSING_SCOPE' });
    expect(await viewer(third)).toMatchObject({ id: dan });
    expect(await change(SIGN_OUT, {}, first)).toEqual({ __typename: 'SignedOut', user: cy, sessions: 2 });
    expect([await viewer(first), await viewer(second)]).toEqual([null, null]);
    expect(await change(SIGN_OUT, { user: dan })).toMatchObject({ user: dan, sessions: 1 });
    expect(await viewer(third)).toBeNull();
    expect(await audit({ types: ['SIGNED_OUT'] })).toMatchObject([
      { actor: adminId, subject: dan, count: 1 },
      { actor: cy, subject: null, count: 2 },
    ]);
  });

  test('a person without any role is told which subject an administrator has to name, and the audit says NO_ROLE', async () => {
    const id = 'user:https://id.example#gus';
    const gus = { cookie: await signIn(server.access, { id, roles: [] }), origin: server.url };
    expect(await viewer(gus)).toMatchObject({ id, scopes: [] });
    const { errors } = await ask(server.url, '{ status { logId } }', {}, gus);
    expect(errors).toMatchObject([
      {
        message: expect.stringContaining(id) as string,
        extensions: { code: 'FORBIDDEN', reason: 'NO_ROLE', subject: id },
      },
    ]);
    expect(await change(SIGN_OUT, { user: adminId }, gus)).toMatchObject({ reason: 'NO_ROLE', faults: [] });
    await server.access.refusals.flush();
    expect(await audit({ types: ['REFUSED'], actor: id })).toMatchObject([{ reason: 'NO_ROLE', count: 2 }]);
    await change(GRANT, { subject: id, role: 'VIEWER' });
    expect((await ask(server.url, '{ status { logId } }', {}, gus)).errors).toEqual([]);
  });

  test('the audit says who did what, from where and when, and refusals with their reason', async () => {
    await server.access.refusals.flush();
    const since = new Date().toISOString();
    const made = await create({ name: 'audited' });
    await change(REVOKE, { id: made.token.id });
    for (let n = 0; n < 3; n += 1) await ask(server.url, VIEWER, {}, bearer(made.text));
    await server.access.refusals.flush();
    const period = { from: since, to: '2200-01-01' };
    const [refused, revoked, created, ...others] = await audit({ period });
    expect(others).toEqual([]);
    const token = made.token.id;
    expect(created).toMatchObject({ type: 'TOKEN_CREATED', actor: adminId, address: '127.0.0.1', token });
    expect(created).toMatchObject({ name: 'audited', owner: 'tests', scopes: ['CATALOG_READ'] });
    expect(revoked).toMatchObject({ type: 'TOKEN_REVOKED', actor: adminId, token, name: null });
    expect(refused).toMatchObject({ type: 'REFUSED', actor: null, reason: 'REVOKED_TOKEN', token, count: 3 });
    expect(refused).toMatchObject({ address: '127.0.0.1' });
    expect(String(created?.['position'])).toMatch(/^[\w-]+\.\d+$/);
    expect(await audit({ period, types: ['TOKEN_CREATED'], actor: adminId, address: '127.0.0.1' })).toHaveLength(1);
    expect(await audit({ period, actor: 'nobody' })).toEqual([]);
    expect(await audit({ period, address: '10.0.0.1' })).toEqual([]);
    const backwards = { from: '2026-01-02', to: '2026-01-01' };
    const { errors } = await ask(server.url, AUDIT, { filter: { period: backwards } }, admin);
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'PERIOD' });
  });

  test('the audit is read page by page, by auditors and admins only', async () => {
    const auditor = bearer((await create({ scopes: ['AUDIT_READ'] })).text);
    const seen: unknown[] = [];
    for (let after: string | null = null, more = true; more;) {
      const { accessEvents }: Lines = await dataOf<Lines>(server.url, AUDIT, { first: 4, after }, auditor);
      seen.push(...accessEvents.edges.map(({ node }) => node['id']));
      ({ endCursor: after, hasNextPage: more } = accessEvents.pageInfo);
    }
    expect(seen.length).toBeGreaterThan(8);
    expect(new Set(seen).size).toBe(seen.length);
    const admins = bearer((await create({ scopes: ['ADMIN'] })).text);
    expect(await audit({ types: ['TOKEN_CREATED'] }, admins)).not.toEqual([]);
    const { errors } = await ask(server.url, AUDIT, {}, bearer((await create()).text));
    expect(errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', reason: 'MISSING_SCOPE' });
  });

  test('a mutation by GET is refused, and one over a cookie without Origin', async () => {
    const query = encodeURIComponent(`mutation { signOutEverywhere(input: {}) { __typename } }`);
    const byGet = await fetch(`${server.url}/graphql?query=${query}`, { headers: admin });
    expect(byGet.status).toBe(405);
    const cookie = await signIn(server.access, { id: 'user:https://id.example#eve', roles: ['admin'] });
    const refused = await ask(server.url, SIGN_OUT, { input: {} }, { cookie });
    expect(refused).toMatchObject({ status: 403, errors: [{ extensions: { reason: 'FOREIGN_ORIGIN' } }] });
    const foreign = await ask(server.url, SIGN_OUT, { input: {} }, { cookie, origin: 'https://evil.example' });
    expect(foreign.status).toBe(403);
    expect(await viewer({ cookie, origin: server.url })).toMatchObject({ kind: 'USER' });
  });

  test('no line of the log, no error and no other answer has the secret of a token or the value of a cookie', async () => {
    const { text } = await create({ name: 'secretive' });
    const cookie = await signIn(server.access, { id: 'user:https://id.example#flo', roles: ['viewer'] });
    const answers = [
      await ask(server.url, '{ nope }', {}, bearer(text)),
      await ask(server.url, CREATE, { input: {} }, bearer(text)),
      await ask(server.url, '{ tokens { edges { node { id } } } }', {}, bearer(text)),
      await ask(server.url, VIEWER, {}, bearer(`${text.slice(0, -1)}x`)),
      await ask(server.url, VIEWER, {}, { cookie, origin: server.url }),
      await ask(server.url, AUDIT, {}, admin),
    ];
    const event = await fetch(`${server.url}/api/v1/lineage`, { method: 'POST', headers: bearer(text), body: '{' });
    const said = JSON.stringify([answers, await event.text(), server.logged()]);
    expect(server.logged().length).toBeGreaterThan(5);
    const secrets = [text, admin['authorization'] ?? '', cookie].map((secret) => secret.slice(-40));
    for (const secret of secrets) expect(said).not.toContain(secret);
    const { rows } = await server.pool.query<{ body: Buffer }>("SELECT body FROM event_log WHERE kind = 'ACCESS'");
    expect(rows.length).toBeGreaterThan(10);
    const audited = Buffer.concat(rows.map(({ body }) => body)).toString('utf8');
    for (const secret of secrets) expect(audited).not.toContain(secret);
  });
});
