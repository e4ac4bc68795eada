import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signIn as signedIn } from '../support/callers.js';
import { ask } from '../support/graphql.js';
import { loadEvent } from '../support/http-load.js';
import { ProductProcess } from '../support/product.js';
import { startServer, type TestServer } from '../support/server.js';

const TOKEN = /^hw_[0-9a-z]{12}_[\w-]{43}$/;

let server: TestServer;

beforeAll(async () => {
  server = await startServer({ HEADWATER_AUTH: 'on' });
});
afterAll(() => server.close());

async function headwater(...words: readonly string[]) {
  const command = ProductProcess.command({ DATABASE_URL: server.databaseUrl }, words);
  const { code } = await command.exited;
  return { code, out: command.output, err: command.errors };
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const asks = async (token: string): Promise<number> =>
  (await ask(server.url, '{ __typename }', {}, bearer(token))).status;
const sends = async (token: string, namespace: string): Promise<number> =>
  (
    await fetch(`${server.url}/api/v1/lineage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...bearer(token) },
      body: JSON.stringify({ ...loadEvent('cli', 1), job: { namespace, name: 'job' } }),
    })
  ).status;
const idOf = (text: string): string => text.split('_')[1] ?? '';

async function make(scopes: string, ...more: readonly string[]): Promise<string> {
  const { code, out, err } = await headwater(
    ...['token', 'create', '--name', 'nightly', '--owner', 'team:claims', '--scopes', scopes, ...more],
  );
  expect([code, err]).toEqual([0, expect.stringContaining('shown now and never again')]);
  return out.trim();
}

describe('headwater secret', () => {
  test('rotate replaces the keys everywhere within seconds; the old ones open what they sealed until the overlap is over', async () => {
    const before = await server.access.secrets.of('hidden-ids');
    const signIn = await server.access.secrets.of('sign-in');
    const session = { cookie: await signedIn(server.access, { id: 'user:https://id.example#hal', roles: ['viewer'] }) };
    const { code, err } = await headwater('secret', 'rotate', 'hidden-ids', '--overlap', '1h');
    expect([code, err]).toEqual([0, expect.stringMatching(/hidden-ids is a new one, .* until \d{4}-/)]);
    const now = () => server.access.secrets.of('hidden-ids');
    await expect.poll(async () => (await now()).previous, { timeout: 10_000 }).toEqual(before.value);
    expect((await now()).value).not.toEqual(before.value);
    expect(await server.access.secrets.of('sign-in')).toEqual(signIn);
    // No session is sealed by a secret: whoever was signed in is.
    expect((await ask(server.url, '{ status { logId } }', {}, { ...session, origin: server.url })).errors).toEqual([]);
    const { rows } = await server.pool.query(
      `SELECT actor, detail->>'secret' AS secret FROM access_event WHERE type = 'SECRET_ROTATED'`,
    );
    expect(rows).toEqual([{ actor: 'local:cli', secret: 'hidden-ids' }]);
  });

  test('without an overlap the old keys are over at once; without a name all are replaced', async () => {
    const before = await server.access.secrets.of('sign-in');
    expect((await headwater('secret', 'rotate', '--overlap', '0h')).code).toBe(0);
    const now = () => server.access.secrets.of('sign-in');
    await expect.poll(async () => (await now()).value, { timeout: 10_000 }).not.toEqual(before.value);
    expect((await now()).previous).toBeNull();
    const { code, err } = await headwater('secret', 'rotate', '--overlap', '31d');
    expect([code, err]).toEqual([1, expect.stringContaining('30 days')]);
  });
});

describe('headwater token', () => {
  test('create says of a token only what its scopes are for', async () => {
    const made = async (scopes: string): Promise<string> => {
      const named = ['token', 'create', '--name', scopes, '--owner', 'team:claims', '--scopes', scopes];
      return (await headwater(...named, '--reads', 'claims*')).err;
    };
    expect(await made('catalog:read')).toContain('It sees claims*.');
    expect(await made('lineage:write')).toContain('It writes in all namespaces.');
    expect(await made('audit:read')).not.toMatch(/It (?:sees|writes)/);
  });

  test('create prints the token alone, and the server knows it within seconds', async () => {
    const { code, out, err } = await headwater(
      ...['token', 'create', '--name', 'nightly loads', '--owner', 'team:claims', '--expires', '90d'],
      ...['--scopes', 'lineage:write, catalog:read', '--writes', 'claims*,!claims-test'],
    );
    expect(code).toBe(0);
    const token = out.replace(/\n$/, '');
    expect(token).toMatch(TOKEN);
    expect(err).toContain('"nightly loads" of team:claims: catalog:read, lineage:write.');
    expect(err).toContain('It writes in claims*,!claims-test namespaces, sees all.');
    expect(err).toMatch(/It expires \d{4}-\d\d-\d\dT\d\d:\d\dZ\./);
    expect(err).not.toContain(token);
    await expect.poll(() => asks(token), { timeout: 10_000 }).toBe(200);
    expect(await sends(token, 'claims-prod')).toBe(201);
    expect(await sends(token, 'claims-test')).toBe(403);
    const { rows } = await server.pool.query<{ actor: string; address: null }>(
      `SELECT actor, address FROM access_event WHERE type = 'TOKEN_CREATED' AND detail->>'token' = $1`,
      [idOf(token)],
    );
    expect(rows).toEqual([{ actor: 'local:cli', address: null }]);
  });

  test('list shows every token with its state, and no secret', async () => {
    const token = await make('catalog:read');
    await headwater('token', 'revoke', idOf(token));
    const { code, out } = await headwater('token', 'list');
    expect(code).toBe(0);
    const [headings = '', ...rows] = out.split('\n');
    expect(headings).toMatch(/^ID +NAME +OWNER +SCOPES +WRITES +READS +LAST USED +STATE$/);
    expect(rows.find((row) => row.startsWith(idOf(token)))).toMatch(
      / nightly +team:claims +catalog:read .* revoked \d{4}/,
    );
    // A secret may hold underscores itself.
    expect(out).not.toContain(token.slice(`hw_${idOf(token)}_`.length));
  });

  test('revoke ends a token within seconds; a second time there is nothing to revoke', async () => {
    const token = await make('catalog:read');
    await expect.poll(() => asks(token), { timeout: 10_000 }).toBe(200);
    expect(await headwater('token', 'revoke', idOf(token))).toEqual({
      code: 0,
      out: '',
      err: expect.stringContaining('is revoked') as string,
    });
    await expect.poll(() => asks(token), { timeout: 10_000 }).toBe(401);
    expect(await headwater('token', 'revoke', idOf(token))).toEqual({
      code: 1,
      out: '',
      err: expect.stringContaining('no such token') as string,
    });
  });

  test('rotate gives another token; without an overlap the old one is over at once', async () => {
    const old = await make('catalog:read');
    const { code, out } = await headwater('token', 'rotate', idOf(old), '--overlap', '1h');
    expect(code).toBe(0);
    const fresh = out.trim();
    expect(fresh).toMatch(TOKEN);
    await expect.poll(() => asks(fresh), { timeout: 10_000 }).toBe(200);
    expect(await asks(old)).toBe(200);
    const last = (await headwater('token', 'rotate', fresh, '--overlap', '0m')).out.trim();
    await expect.poll(() => asks(last), { timeout: 10_000 }).toBe(200);
    await expect.poll(() => asks(fresh), { timeout: 10_000 }).toBe(401);
  });

  test.each([
    [['token', 'create', '--nmae', 'x'], 2, "Unknown option '--nmae'"],
    [['token', 'create', '--name', 'x'], 2, '--owner, who answers for it, is missing'],
    [['token', 'rotate', 'nothing'], 1, 'no such token'],
    [
      [
        'token',
        'create',
        '--name',
        'x',
        '--owner',
        'y',
        '--scopes',
        'lineage:write',
        '--expires',
        '0d',
        '--writes',
        ' , ',
      ],
      1,
      '--expires must be in the future',
    ],
  ])('%j ends with %i and says why', async (words, code, why) => {
    const ended = await headwater(...words);
    expect([ended.code, ended.out]).toEqual([code, '']);
    expect(ended.err).toContain(why);
    expect(ended.err).not.toMatch(/^ {4}at /m);
  });
});

describe('headwater role', () => {
  test('grant binds a role, list shows it, withdraw takes it away', async () => {
    const token = await make('catalog:read');
    expect(await sends(token, 'claims')).toBe(403);
    const granted = await headwater(
      'role',
      'grant',
      `token:${idOf(token)}`,
      'producer',
      '--namespaces',
      'claims,other-*',
    );
    expect([granted.code, granted.err]).toEqual([
      0,
      expect.stringContaining('is producer of namespaces claims,other-*'),
    ]);
    await expect.poll(() => sends(token, 'claims'), { timeout: 10_000 }).toBe(201);
    expect(await sends(token, 'foreign')).toBe(403);
    const binding = granted.out.trim();
    const listed = await headwater('role', 'list');
    expect(listed.out).toMatch(
      new RegExp(`^${binding} +token:${idOf(token)} +producer +claims,other-\\* .* local:cli$`, 'm'),
    );
    expect(await headwater('role', 'withdraw', binding)).toMatchObject({ code: 0, out: '' });
    await expect.poll(() => sends(token, 'claims'), { timeout: 10_000 }).toBe(403);
    expect((await headwater('role', 'withdraw', binding)).code).toBe(1);
  });

  test('grant binds a role by a domain, and list shows what it is called, or that it is no more', async () => {
    const editor = bearer(await make('catalog:read,catalog:edit'));
    const define = async (mutation: string, input: object) =>
      (
        await ask<{ done: object }>(
          server.url,
          `mutation ($input: ${mutation[0]?.toUpperCase() ?? ''}${mutation.slice(1)}Input!) {
            done: ${mutation}(input: $input) { ... on EditedDomain { isReadable } ... on DomainRefusal { reason } } }`,
          { input },
          editor,
        )
      ).data;
    expect(await define('createDomain', { name: 'Claims' })).toEqual({ done: { isReadable: true } });
    const granted = await headwater('role', 'grant', 'group:data', 'steward', '--domain', 'domain:claims');
    expect([granted.code, granted.err]).toEqual([
      0,
      expect.stringContaining('group:data is steward of what is in domain:claims, and reads the whole catalog'),
    ]);
    const line = async (): Promise<string | undefined> =>
      (await headwater('role', 'list')).out.split('\n').find((text) => text.startsWith(granted.out.trim()));
    expect(await line()).toMatch(/ steward +all +domain:claims \(Claims\) /);
    expect(await define('removeDomain', { domain: 'domain:claims' })).toEqual({ done: { isReadable: true } });
    expect(await line()).toMatch(/ steward +all +domain:claims \(no such domain: edits nothing\) /);
    const { rows } = await server.pool.query<{ domain: string }>(
      `SELECT detail->>'domain' AS domain FROM access_event WHERE type = 'ROLE_GRANTED' AND detail->>'binding' = $1`,
      [granted.out.trim()],
    );
    expect(rows).toEqual([{ domain: 'domain:claims' }]);
  });

  test.each([
    [
      ['role', 'grant', 'group:a', 'editor', '--domain', 'domain:none'],
      1,
      '--domain there is no such domain: domain:none',
    ],
    [
      ['role', 'grant', 'group:a', 'viewer', '--domain', 'domain:claims'],
      1,
      '--domain is for the roles editor and steward',
    ],
    [['role', 'grant', 'a@example.org', 'viewer'], 1, '--subject must be user:'],
    [['role', 'withdraw', 'x'], 1, 'no such role binding'],
  ])('%j ends with %i and says why', async (words, code, why) => {
    const ended = await headwater(...words);
    expect([ended.code, ended.out]).toEqual([code, '']);
    expect(ended.err).toContain(why);
  });
});
