import type { Micros } from '@headwater/domain/time';
import { formatMicros } from '@headwater/domain/time';
import { CLAIMS_FIELDS_AFTER, PRODUCTS } from './assets.js';
import type { EventType, RunDescription } from './event-builder.js';
import { dropEvent, producerOf, runEvent } from './event-builder.js';
import type { ExampleCalendar } from './calendar.js';
import { CHANGE_DAY, EXAMPLE_DAYS } from './calendar.js';
import type { Json } from './facets.js';
import { facet, SPEC } from './facets.js';
import type { JobDefinition } from './jobs.js';
import { BUILD_FEATURES, DAILY_REPORT, MASK_CUSTOMERS, STAGE_OPEN_CLAIMS, SYNC_POLICIES } from './jobs.js';
import { numberOf } from './name-based-uuid.js';
import { outputStatistics, runIdOf } from './scheduled-runs.js';

/** The orchestrator's job, parent of the nightly runs. */
const NIGHT = { service: 'orchestrator', name: 'claims_nightly' } as const;
/** The night on which claims without customer made the report fail; it was repeated after a repair. */
const FAILED_DAY = 9;

/** Each night: masters, features and the report, as children of one run of the orchestrator. */
export function nightlyEvents(calendar: ExampleCalendar): readonly Json[] {
  return Array.from({ length: EXAMPLE_DAYS }, (_, day) => {
    const parent = parentOf(calendar, day);
    const finished = calendar.at(day, 2, 55);
    return [
      orchestratorEvent(parent.runId, 'START', parent.startedAt, parent.startedAt),
      ...child(calendar, SYNC_POLICIES, day, 65, {}),
      ...child(calendar, MASK_CUSTOMERS, day, 70, {}),
      ...child(calendar, BUILD_FEATURES, day, 85, claimsSchema(day)),
      ...child(calendar, STAGE_OPEN_CLAIMS, day, 110, claimsSchema(day)),
      ...reportEvents(calendar, day),
      dropEvent(PRODUCTS.openClaims, calendar.at(day, 2, 50)),
      orchestratorEvent(parent.runId, 'COMPLETE', finished, parent.startedAt),
    ];
  }).flat();
}

function parentOf(calendar: ExampleCalendar, day: number): { readonly runId: string; readonly startedAt: Micros } {
  const startedAt = calendar.at(day, 1);
  return { runId: runIdOf(NIGHT, startedAt), startedAt };
}

function claimsSchema(day: number): Partial<RunDescription> {
  return day >= CHANGE_DAY ? { schemas: { [PRODUCTS.claims.name]: CLAIMS_FIELDS_AFTER } } : {};
}

function orchestratorEvent(runId: string, type: EventType, at: Micros, nominalAt: Micros): Json {
  const producer = producerOf(NIGHT.service);
  return {
    eventType: type,
    eventTime: formatMicros(at),
    producer,
    schemaURL: `${SPEC}/RunEvent`,
    run: { runId, facets: { nominalTime: nominalTime(producer, nominalAt) } },
    job: {
      namespace: NIGHT.service,
      name: NIGHT.name,
      facets: {
        jobType: facet(producer, '2-0-4/JobTypeJobFacet', {
          processingType: 'BATCH',
          integration: 'AIRFLOW',
          jobType: 'DAG',
        }),
        ownership: facet(producer, '1-0-1/OwnershipJobFacet', {
          owners: [{ name: 'team:platform', type: 'MAINTAINER' }],
        }),
      },
    },
    inputs: [],
    outputs: [],
  };
}

function nominalTime(producer: string, at: Micros): Json {
  return facet(producer, '1-0-1/NominalTimeRunFacet', { nominalStartTime: formatMicros(at) });
}

function parentFacet(producer: string, runId: string): Json {
  const job = { namespace: NIGHT.service, name: NIGHT.name };
  return facet(producer, '1-2-0/ParentRunFacet', { run: { runId }, job, root: { run: { runId }, job } });
}

/** START and COMPLETE of one child, `minute` minutes after midnight. */
function child(
  calendar: ExampleCalendar,
  job: JobDefinition,
  day: number,
  minute: number,
  extra: Partial<RunDescription>,
  end: 'COMPLETE' | 'FAIL' = 'COMPLETE',
): readonly Json[] {
  const startedAt = calendar.at(day, 0, minute);
  const producer = producerOf(job.service);
  const seed = `${job.name} ${String(day)} ${String(minute)}`;
  const parent = parentOf(calendar, day);
  const runFacets = {
    parent: parentFacet(producer, parent.runId),
    nominalTime: nominalTime(producer, parent.startedAt),
    ...extra.runFacets,
  };
  const run: RunDescription = { job, runId: runIdOf(job, startedAt), ...extra, runFacets };
  const written = Object.fromEntries(
    job.outputs.map(({ asset }) => [asset.name, outputStatistics(producer, seed, numberOf(seed, 900, 1400))]),
  );
  const takes = numberOf(`${seed} minutes`, 2, 5);
  const start = runEvent({ ...run, runFacets: withoutError(runFacets) }, 'START', startedAt);
  const ended = end === 'FAIL' ? run : { ...run, outputFacets: written };
  return [start, runEvent(ended, end, calendar.at(day, 0, minute + takes))];
}

function withoutError(runFacets: Json): Json {
  return Object.fromEntries(Object.entries(runFacets).filter(([name]) => name !== 'errorMessage'));
}

function reportEvents(calendar: ExampleCalendar, day: number): readonly Json[] {
  const failed = day === FAILED_DAY;
  const first = child(calendar, DAILY_REPORT, day, 125, reportFacets(day, failed), failed ? 'FAIL' : 'COMPLETE');
  return failed ? [...first, ...child(calendar, DAILY_REPORT, day, 150, reportFacets(day, false))] : first;
}

function reportFacets(day: number, failed: boolean): Partial<RunDescription> {
  const producer = producerOf(DAILY_REPORT.service);
  const rowCount = numberOf(`report input ${String(day)}`, 900, 1400);
  const missing = failed ? 37 : 0;
  const dependency = { job: { namespace: STAGE_OPEN_CLAIMS.service, name: STAGE_OPEN_CLAIMS.name } };
  const error = facet(producer, '1-0-1/ErrorMessageRunFacet', {
    message: 'null value in column "customer_id" of relation "tmp_open_claims" (37 rows)',
    programmingLanguage: 'SQL',
  });
  return {
    runFacets: {
      jobDependencies: facet(producer, '1-0-1/JobDependenciesRunFacet', {
        upstream: [{ ...dependency, dependency_type: 'DIRECT_INVOCATION', sequence_trigger_rule: 'FINISH_TO_START' }],
        trigger_rule: 'ALL_SUCCESS',
      }),
      ...(failed ? { errorMessage: error } : {}),
    },
    inputFacets: {
      [PRODUCTS.openClaims.name]: {
        dataQualityMetrics: facet(producer, '1-0-3/DataQualityMetricsInputDatasetFacet', {
          rowCount,
          columnMetrics: { customer_id: { nullCount: missing, distinctCount: Math.floor(rowCount * 0.8) } },
        }),
        dataQualityAssertions: facet(producer, '1-1-0/DataQualityAssertionsDatasetFacet', {
          assertions: [
            { assertion: 'not_null', column: 'customer_id', success: missing === 0, severity: 'error' },
            { assertion: 'unique', column: 'claim_id', success: true, severity: 'error' },
          ],
        }),
      },
    },
  };
}
