import { NamespaceRule } from '@headwater/domain/access/namespace-rule';
import { allowsNamespace, ruleParameter } from '@headwater/store-postgres/catalog/namespace-sql';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function allowed(rule: NamespaceRule | undefined, namespaces: readonly string[]): Promise<readonly boolean[]> {
  const { rows } = await database.pool.query<{ allowed: boolean }>(
    `SELECT ${allowsNamespace('$1', 'u.name')} AS allowed FROM unnest($2::text[]) WITH ORDINALITY AS u(name, n) ORDER BY u.n`,
    [ruleParameter(rule), namespaces],
  );
  return rows.map((row) => row.allowed);
}

// Few characters, so that globs and names meet: wildcards, what LIKE means something by, composed and decomposed letters.
const letters = fc.constantFrom('a', 'b', '%', '_', '\\', '*', '?', '/', 'é', 'e\u0301', '😀', '\n', "'");
const text = fc.array(letters, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''));
const glob = fc.tuple(fc.boolean(), text).map(([takes, body]) => `${takes ? '!' : ''}${body.normalize('NFC')}`);

test('the rule says in SQL what it says in memory', async () => {
  const seen = { yes: 0, no: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(glob, { minLength: 1, maxLength: 4 }), { maxLength: 3 }),
      fc.array(text, { minLength: 20, maxLength: 40 }),
      async (sets, namespaces) => {
        const rule = NamespaceRule.union(sets.map((globs) => NamespaceRule.of(globs)));
        const expected = namespaces.map((namespace) => rule.allows(namespace));
        expect(await allowed(rule, namespaces)).toEqual(expected);
        for (const allows of expected) seen[allows ? 'yes' : 'no'] += 1;
      },
    ),
    { numRuns: 200 },
  );
  expect(Math.min(seen.yes, seen.no)).toBeGreaterThan(200);
});

test('no rule, and the rule of all, allow everything; the rule of none nothing', async () => {
  expect(await allowed(undefined, ['a'])).toEqual([true]);
  expect(await allowed(NamespaceRule.ALL, ['a'])).toEqual([true]);
  expect(await allowed(NamespaceRule.NONE, ['a', ''])).toEqual([false, false]);
});

test('a glob with what PostgreSQL cannot hold matches nothing, as no name has it', async () => {
  expect(await allowed(NamespaceRule.of(['a\0*', '\ud800', 'b']), ['a', 'b'])).toEqual([false, true]);
  expect(await allowed(NamespaceRule.of(['*', '!\0']), ['a'])).toEqual([true]);
});
