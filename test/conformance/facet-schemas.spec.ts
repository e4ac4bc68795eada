import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { KNOWN_FACETS } from '@headwater/domain/openlineage/known-facets';
import { readEvent } from '@headwater/domain/openlineage/read-event';
import type { FacetStatement, ReadEvent } from '@headwater/domain/events';
import type { FacetPlace } from '@headwater/domain/openlineage/validator';

const FIXTURES = new URL('./fixtures/facets/', import.meta.url);

interface Instance {
  readonly title: string;
  readonly facet: string;
  readonly place: FacetPlace;
  readonly body: Readonly<Record<string, unknown>>;
}

function loadInstances(): readonly Instance[] {
  const folders = readdirSync(FIXTURES, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.flatMap(({ name: folder }) =>
    readdirSync(new URL(`${folder}/`, FIXTURES)).flatMap((file) => {
      const document = JSON.parse(readFileSync(new URL(`${folder}/${file}`, FIXTURES), 'utf8')) as Record<
        string,
        unknown
      >;
      return Object.entries(document).map(([facet, body]): Instance => {
        const known = KNOWN_FACETS.filter((row) => row.name === facet && row.schemaFile === `facets/${folder}.json`);
        const record = body as Record<string, unknown>;
        // LineageFacet.json defines a dataset facet and a job facet of one name; the instance says which it is.
        const isJob = String(record['_schemaURL']).endsWith('JobFacet');
        const place = (isJob ? known.find((row) => row.place === 'job') : known[0])?.place;
        if (place === undefined) throw new Error(`${folder}: no known facet ${facet}`);
        return { title: `${folder}/${file}`, facet, place, body: record };
      });
    }),
  );
}

function eventWith(place: FacetPlace, facet: string, body: unknown): ReadEvent {
  const facets = { [facet]: body };
  const dataset = { namespace: 'n', name: 'd' };
  const event = {
    eventTime: '2026-11-23T10:15:30Z',
    producer: 'https://example.com/p',
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
    run: { runId: '01936894-494e-7c48-be1c-4a3656eb1868', ...(place === 'run' ? { facets } : {}) },
    job: { namespace: 'n', name: 'j', ...(place === 'job' ? { facets } : {}) },
    inputs: [
      { ...dataset, ...(place === 'dataset' ? { facets } : {}), ...(place === 'input' ? { inputFacets: facets } : {}) },
    ],
    outputs: [{ ...dataset, ...(place === 'output' ? { outputFacets: facets } : {}) }],
  };
  return readEvent(Buffer.from(JSON.stringify(event)));
}

function onlyFacet(read: ReadEvent): FacetStatement {
  if (!read.ok) throw new Error(`refused: ${read.detail}`);
  const { run, job, inputs, outputs } = read.event;
  const all = [
    ...(run?.facets ?? []),
    ...(job?.facets ?? []),
    ...[...inputs, ...outputs].flatMap((mention) => [...mention.facets, ...mention.sideFacets]),
  ];
  const [first] = all;
  if (first === undefined || all.length > 1) throw new Error(`${String(all.length)} facets`);
  return first;
}

const instances = loadInstances();

describe('test instances published with the facet schemas', () => {
  test('there are instances, so that the tests below say something', () => {
    expect(instances.length).toBeGreaterThan(40);
  });

  test.each(instances)('3. $title is known and valid, without a finding', ({ facet, place, body }) => {
    const read = eventWith(place, facet, body);
    expect(onlyFacet(read)).toMatchObject({ name: facet, known: true, valid: true, body });
    expect(read.ok && read.findings).toEqual([]);
  });

  test.each(instances)('3. $title with a wrong type inside is a finding, not a refusal', ({ facet, place, body }) => {
    // A number where the schema wants an array, object or string; `_producer` and `_schemaURL` belong to the base facet.
    const verdicts = Object.keys(body)
      .filter((key) => !key.startsWith('_'))
      .map((key) => {
        const read = eventWith(place, facet, { ...body, [key]: { wrong: [true] } });
        const { valid } = onlyFacet(read);
        return { valid, codes: read.ok ? read.findings.map(({ code }) => code) : [] };
      });
    const invalid = verdicts.filter(({ valid }) => !valid);
    expect(invalid.length).toBeGreaterThan(0);
    for (const { codes } of invalid) expect(codes).toContain('FACET_INVALID');
  });
});

test('1. the published example of a full event is read as a run event', () => {
  const bytes = readFileSync(new URL('./fixtures/example_full_event.json', import.meta.url));
  const read = readEvent(bytes);
  expect(read).toMatchObject({ ok: true, event: { kind: 'RUN', job: { namespace: 'food_delivery', name: 'dbt' } } });
});
