import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkGlobs, NamespaceRule, splitGlobs } from './namespace-rule.js';

/** What a glob means, read off its definition: exponential, and so only good for short texts. */
function naive(glob: readonly string[], text: readonly string[]): boolean {
  const [first, ...rest] = glob;
  if (first === undefined) return text.length === 0;
  if (first === '*') return naive(rest, text) || (text.length > 0 && naive(glob, text.slice(1)));
  return text.length > 0 && (first === '?' || first === text[0]) && naive(rest, text.slice(1));
}

function matches(glob: string, text: string): boolean {
  return NamespaceRule.of([glob]).allows(text);
}

const chars = fc.constantFrom('a', 'b', '/', ':', '*', '?', '😀');
const globs = fc.array(chars, { minLength: 1, maxLength: 8 });
const texts = fc.array(fc.constantFrom('a', 'b', '/', ':', '😀'), { maxLength: 8 });

describe('globs of namespaces', () => {
  test('a glob matches what its definition says', () => {
    fc.assert(
      fc.property(globs, texts, (glob, text) => {
        expect(matches(glob.join(''), text.join(''))).toBe(naive(glob, text));
      }),
      { numRuns: 2_000 },
    );
  });

  test('a namespace is allowed where a giving glob matches and no taking one does', () => {
    fc.assert(
      fc.property(fc.array(globs, { maxLength: 3 }), fc.array(globs, { maxLength: 2 }), texts, (gives, takes, text) => {
        fc.pre(gives.length + takes.length > 0);
        const rule = NamespaceRule.of([...gives.map((g) => g.join('')), ...takes.map((g) => `!${g.join('')}`)]);
        const given = gives.length === 0 || gives.some((glob) => naive(glob, text));
        expect(rule.allows(text.join(''))).toBe(given && !takes.some((glob) => naive(glob, text)));
      }),
    );
  });

  test('a star stands for any text, slashes and all; nothing else of an expression has a meaning', () => {
    expect(matches('s3://bucket/*', 's3://bucket/a/b')).toBe(true);
    expect(matches('s3://bucket/*', 's3://bucket')).toBe(false);
    expect(matches('kafka://host:90?2', 'kafka://host:9092')).toBe(true);
    expect(matches('a.c', 'abc')).toBe(false);
    expect(matches('[a-z]+', 'abc')).toBe(false);
    expect(matches('(a|b)', 'a')).toBe(false);
  });

  test('an exclusion counts wherever it stands, and exclusions alone leave all the rest', () => {
    for (const set of [
      ['!team/secret*', 'team/*'],
      ['team/*', '!team/secret*'],
    ]) {
      expect(NamespaceRule.of(set).allows('team/open')).toBe(true);
      expect(NamespaceRule.of(set).allows('team/secrets')).toBe(false);
    }
    expect(NamespaceRule.of(['!a*']).allows('b')).toBe(true);
    expect(NamespaceRule.of(['!a*']).allows('ab')).toBe(false);
    expect(splitGlobs(['!a', '!b'])).toEqual({ given: ['*'], taken: ['a', 'b'] });
  });

  test('a name is the same in every normal form', () => {
    expect(matches('caf\u00e9*', 'cafe\u0301/1')).toBe(true);
    expect(NamespaceRule.of(checkGlobs(['cafe\u0301'], '/writes')).allows('caf\u00e9')).toBe(true);
  });

  test('a glob made to be slow is not', () => {
    const glob = `${'*a'.repeat(255)}*b`;
    const text = 'a'.repeat(20_000);
    const startedAt = performance.now();
    expect(matches(glob, text)).toBe(false);
    expect(matches(`${'*'.repeat(500)}b`, text)).toBe(false);
    // A backtracking matcher would need longer than the universe has.
    expect(performance.now() - startedAt).toBeLessThan(3_000);
  });
});

describe('rules of several sets', () => {
  test('a union allows what any of its rules does, and all where one does', () => {
    const union = NamespaceRule.union([NamespaceRule.of(['a*', '!ab*']), NamespaceRule.of(['ab*'])]);
    expect([union.allows('ab'), union.allows('ac'), union.allows('b')]).toEqual([true, true, false]);
    expect(union.isAll).toBe(false);
    expect(NamespaceRule.union([union, NamespaceRule.of(null)])).toBe(NamespaceRule.ALL);
    expect(NamespaceRule.union([])).toBe(NamespaceRule.NONE);
    expect(NamespaceRule.NONE.allows('a')).toBe(false);
    expect(NamespaceRule.ALL.allows('')).toBe(true);
  });

  test('globs that nobody could mean are refused where they stand', () => {
    const faults = (...globs: string[]): unknown => {
      try {
        return checkGlobs(globs, '/reads');
      } catch (error) {
        return (error as { faults: readonly { pointer: string }[] }).faults.map(({ pointer }) => pointer);
      }
    };
    expect(faults('a', '', '!', 'x'.repeat(513))).toEqual(['/reads/1', '/reads/2', '/reads/3']);
    expect(faults()).toEqual(['/reads']);
    expect(faults(...Array.from({ length: 101 }, () => 'a'))).toEqual(['/reads']);
    expect(faults('a*', '!ab')).toEqual(['a*', '!ab']);
  });
});
