import { readFileSync } from 'node:fs';
import type { NodeId } from '@headwater/domain/identifiers';
import { datasetId, jobId, runNodeId } from '@headwater/domain/identifiers';
import { readEvent } from '@headwater/domain/openlineage/read-event';
import { DEFAULT_NAME_RULES } from '@headwater/domain/projection/name-rules';
import { projectEvent } from '@headwater/domain/projection/project-event';
import type { EventStatements } from '@headwater/domain/projection/statements';

export type Body = Readonly<Record<string, unknown>>;

export const RUN_ID = '0192f3a4-7c1e-7000-8000-000000000001';
export const JOB = jobId('jobs', 'load');
export const RUN = runNodeId(JOB, RUN_ID);
export const INPUT = datasetId('db', 'in');
export const OUTPUT = datasetId('db', 'out');

const published = JSON.parse(
  readFileSync(new URL('fixtures/facets/published.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, Body>>;

/** OpenLineage's own test instance of a facet, by schema name and file name, for example `SchemaDatasetFacet/1`. */
export function instance(name: string): Body {
  const body = published[name];
  if (body === undefined) throw new Error(`fixtures/facets/published.json has no ${name}`);
  return body;
}

/** A facet of our own making, where OpenLineage has no instance. */
export function own(body: Body): Body {
  return { _producer: 'https://example.com/test/1.0', _schemaURL: 'https://example.com/facet.json', ...body };
}

export type Place = 'run' | 'job' | 'input' | 'inputFacets' | 'output' | 'outputFacets';

/** A RunEvent of `jobs`/`load` from `db`/`in` to `db`/`out` that carries one facet at one place. */
export function eventOf(place: Place, name: string, facet: Body): Body {
  const at = (wanted: Place): Body => (wanted === place ? { [name]: facet } : {});
  return {
    eventType: 'COMPLETE',
    eventTime: '2025-03-03T10:00:00Z',
    producer: 'https://example.com/test/1.0',
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
    run: { runId: RUN_ID, facets: at('run') },
    job: { namespace: 'jobs', name: 'load', facets: at('job') },
    inputs: [{ namespace: 'db', name: 'in', facets: at('input'), inputFacets: at('inputFacets') }],
    outputs: [{ namespace: 'db', name: 'out', facets: at('output'), outputFacets: at('outputFacets') }],
  };
}

/** What the product takes {@link eventOf} to say. */
export function statementsOf(place: Place, name: string, facet: Body): EventStatements {
  return project(eventOf(place, name, facet));
}

/** What the product takes an event to say, received a year after it happened. */
export function project(event: Body): EventStatements {
  return projectText(JSON.stringify(event));
}

/** The same of an event's JSON. */
export function projectText(json: string): EventStatements {
  const read = readEvent(new TextEncoder().encode(json));
  if (!read.ok) throw new Error(read.detail);
  const stored = { receivedAt: Date.UTC(2026, 2, 3) * 1000, digest: '00' };
  return projectEvent(stored, read.event, read.findings, DEFAULT_NAME_RULES);
}

/** Whether the facet is shown on the node as it was received, known and without a finding. */
export function shownOn(statements: EventStatements, node: NodeId, name: string, body: Body): boolean {
  const shown = statements.facets.find((entry) => entry.node === node && entry.facet.name === name);
  return (
    shown !== undefined &&
    shown.facet.known &&
    shown.facet.valid &&
    JSON.stringify(shown.facet.body) === JSON.stringify(body) &&
    statements.findings.length === 0
  );
}

/** Facts of one kind as `node value detail` lines. */
export function factsOf(statements: EventStatements, kind: 'OWNER' | 'TAG' | 'DESCRIPTION'): readonly string[] {
  return statements.timelines
    .flatMap((timeline) => timeline.facts)
    .filter((fact) => fact.kind === kind)
    .map((fact) => `${fact.node} ${fact.value} ${String(fact.detail)}`);
}

/** Measurements as `dataset field name value` lines, sorted. */
export function metricsOf(statements: EventStatements): readonly string[] {
  return statements.metrics
    .map(({ dataset, field, kind, name, value }) => {
      const prefix = kind === 'MEASURE' ? '' : `${kind.toLowerCase()}:`;
      return `${dataset} ${field} ${prefix}${name} ${String(value)}`;
    })
    .sort();
}
