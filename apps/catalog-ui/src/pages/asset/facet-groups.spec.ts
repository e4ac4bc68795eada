import { describe, expect, test } from 'vitest';
import { facetGroups, type StatedFacet } from './facet-groups.js';

const facet = (name: string, producer: string, at: string, body: object): StatedFacet => ({
  ...{ name, producer, at },
  body: { _producer: producer, _schemaURL: `https://example.com/${name}.json`, ...body },
});

describe('facets by what they say', () => {
  test('are one where several producers say the same, the latest before the others', () => {
    const early = facet('schema', 'loader', '2026-03-01T06:00:00Z', { fields: [{ name: 'id', type: 'INT' }] });
    const late = facet('schema', 'reader', '2026-03-02T06:00:00Z', { fields: [{ type: 'INT', name: 'id' }] });
    expect(facetGroups([early, late])).toEqual([{ latest: late, since: early.at, statements: [late, early] }]);
  });

  test('are several where they differ in content or name, in the order they came in', () => {
    const one = facet('schema', 'loader', '2026-03-01T06:00:00Z', { fields: [{ name: 'id' }, { name: 'total' }] });
    const other = facet('schema', 'reader', '2026-03-01T06:00:00Z', { fields: [{ name: 'total' }, { name: 'id' }] });
    const named = { ...one, name: 'schema2' };
    expect(facetGroups([one, other, named]).map(({ latest, statements }) => [latest, statements.length])).toEqual([
      [one, 1],
      [other, 1],
      [named, 1],
    ]);
  });

  test('may say anything: text and lists are content too', () => {
    const text = { name: 'x', producer: null, at: '2026-03-01T06:00:00Z', body: 'a' };
    const list = { name: 'x', producer: null, at: '2026-03-01T06:00:00Z', body: [1, null] };
    expect(facetGroups([text, list, { ...text }]).map(({ statements }) => statements.length)).toEqual([2, 1]);
  });
});
