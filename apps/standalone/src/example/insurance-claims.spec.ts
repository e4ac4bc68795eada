import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { exampleEvents } from './insurance-claims.js';

const NOW = Date.UTC(2025, 2, 17, 15, 30) * 1000;
const DAY = 24 * 3600 * 1_000_000;
const SCHEMAS = fileURLToPath(new URL('../../../../libs/domain/src/openlineage/generated/schemas/', import.meta.url));

interface Validator {
  addSchema(schema: object): void;
  getSchema(id: string): ((value: unknown) => boolean) & { errors?: unknown };
  errorsText(errors: unknown): string;
}
// The domain owns the validator; an older ajv of the linter's is hoisted to the root.
const requireFromDomain = createRequire(new URL('../../../../libs/domain/package.json', import.meta.url));
const { Ajv2020 } = requireFromDomain('ajv/dist/2020.js') as { Ajv2020: new (options: object) => Validator };
const addFormats = requireFromDomain('ajv-formats') as (ajv: Validator) => void;

type Body = Readonly<Record<string, unknown>>;
interface Dataset {
  readonly namespace: string;
  readonly name: string;
  readonly facets?: Body;
  readonly inputFacets?: Body;
  readonly outputFacets?: Body;
}
interface Event {
  readonly eventTime: string;
  readonly eventType?: string;
  readonly run?: { readonly runId: string; readonly facets: Body };
  readonly job?: { readonly namespace: string; readonly name: string; readonly facets: Body };
  readonly inputs?: readonly Dataset[];
  readonly outputs?: readonly Dataset[];
  readonly dataset?: Dataset;
}

const events = [...exampleEvents(NOW)] as readonly Event[];

function schemaValidator(): { event: (event: unknown) => string; facet: (file: string, body: Body) => string } {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats(ajv);
  const read = (path: string): object => JSON.parse(readFileSync(path, 'utf8')) as object;
  ajv.addSchema(read(join(SCHEMAS, 'OpenLineage.json')));
  const ids = new Map<string, string>();
  for (const file of readdirSync(join(SCHEMAS, 'facets'))) {
    const schema = read(join(SCHEMAS, 'facets', file)) as { $id: string };
    ajv.addSchema(schema);
    ids.set(file, schema.$id);
  }
  const check = (id: string, value: unknown): string => {
    const validate = ajv.getSchema(id);
    return validate(value) ? '' : ajv.errorsText(validate.errors);
  };
  return {
    event: (event) => check('https://openlineage.io/spec/2-0-2/OpenLineage.json', event),
    facet: (url, body) => {
      // The version in a facet's _schemaURL must be the published one, so that the id resolves.
      const id = url.slice(0, url.indexOf('#'));
      if (![...ids.values()].includes(id)) return `${id} is not a published schema`;
      return check(url, body);
    },
  };
}

function facetsOf(event: Event): readonly (readonly [name: string, body: Body])[] {
  const datasets = [...(event.inputs ?? []), ...(event.outputs ?? []), ...(event.dataset ? [event.dataset] : [])];
  const groups = [event.run?.facets, event.job?.facets].concat(
    datasets.flatMap((dataset) => [dataset.facets, dataset.inputFacets, dataset.outputFacets]),
  );
  return groups.flatMap((group) => Object.entries(group ?? {}) as [string, Body][]);
}

/** Which an integration sends without a published schema. */
const DBT_FACETS = ['dbt_node', 'dbt_model'];

describe('the insurance-claims example', () => {
  test('consists of events and facets that the published schemas accept, dbt’s own facets aside, which have none', () => {
    const validator = schemaValidator();
    const faults = events.flatMap((event) => [
      validator.event(event),
      ...facetsOf(event)
        .filter(([name]) => event.job?.namespace !== 'dbt' || !DBT_FACETS.includes(name))
        .map(([, facet]) => validator.facet(String(facet['_schemaURL']), facet)),
    ]);
    expect([...new Set(faults)]).toEqual(['']);
  });

  test('has 300 to 900 events within two weeks that end before now, in order of time', () => {
    expect(events.length).toBeGreaterThanOrEqual(300);
    expect(events.length).toBeLessThanOrEqual(900);
    const times = events.map((event) => Date.parse(event.eventTime) * 1000);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times[0]).toBe(Math.floor(NOW / DAY) * DAY - 14 * DAY);
    expect(times.at(-1)).toBeLessThan(NOW);
  });

  test('is the same to the byte for two moments of one day and differs on the next', () => {
    const text = (now: number): string => JSON.stringify([...exampleEvents(now)]);
    expect(text(NOW)).toBe(text(NOW + 3 * 3_600_000_000));
    expect(text(NOW)).not.toBe(text(NOW + DAY));
  });

  test('has no two equal events and one job for each run id', () => {
    expect(new Set(events.map((event) => JSON.stringify(event))).size).toBe(events.length);
    const jobs = new Map<string, Set<string>>();
    for (const { run, job } of events) {
      if (run && job) jobs.set(run.runId, (jobs.get(run.runId) ?? new Set()).add(`${job.namespace}/${job.name}`));
    }
    expect([...jobs.values()].every((names) => names.size === 1)).toBe(true);
  });

  test('shows what its guide promises: services, a failure, masking, a changed schema, versions, a replaced input', () => {
    const services = new Set(events.flatMap((event) => event.job?.namespace ?? []));
    expect([...services].sort()).toEqual([
      'claims-intake',
      'claims-triage',
      'dbt',
      'orchestrator',
      'payout',
      'policy-service',
      'reporting',
    ]);
    const failures = events.filter((event) => event.eventType === 'FAIL');
    expect(failures.map((event) => event.job?.name)).toEqual(['daily-claims-report']);
    expect(failures[0]?.run?.facets).toHaveProperty('errorMessage');
    expect(JSON.stringify(events)).toContain('"masking":true');
    const versions = new Set(
      events.flatMap((event) => (event.outputs ?? []).map((output) => JSON.stringify(output.facets?.['version']))),
    );
    expect(versions.size - 1).toBe(5);
    const schemas = new Set(
      events
        .flatMap((event) => event.outputs ?? [])
        .filter((output) => output.name === 'insurance.claims.claims')
        .map((output) => JSON.stringify(output.facets?.['schema'])),
    );
    expect(schemas.size).toBe(2);
    const rates = events
      .filter((event) => event.job?.name === 'calculate-payouts' && event.eventType === 'COMPLETE')
      .map((event) => event.inputs?.[2]?.name);
    expect(rates.slice(0, 42).every((name) => name === 'manual/rate-sheet.xlsx')).toBe(true);
    expect(rates.slice(42)).toHaveLength(42);
    expect(rates.slice(42).every((name) => name === 'insurance.payout.rate_table')).toBe(true);
  });
});
