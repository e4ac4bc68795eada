import { CLAIMS_FIELDS_AFTER, PRODUCTS } from './assets.js';
import type { RunDescription } from './event-builder.js';
import { producerOf, runEvent } from './event-builder.js';
import type { ExampleCalendar } from './calendar.js';
import { CHANGE_DAY, EXAMPLE_DAYS } from './calendar.js';
import type { Json } from './facets.js';
import { facet } from './facets.js';
import type { JobDefinition } from './jobs.js';
import {
  calculatePayouts,
  INGEST_CLAIMS,
  landClaims,
  REGULATOR_EXTRACT,
  SCORE_CLAIMS,
  TRAIN_COMPLEXITY,
} from './jobs.js';
import { nameBasedUuid, numberOf } from './name-based-uuid.js';

const TRAINING_DAYS = [0, 3, 6, 9, 12];
const SIX_HOURLY = [0, 6, 12, 18];
const FOUR_HOURLY = [0, 4, 8, 12, 16, 20];

/** Rows and bytes that a run wrote. */
export function outputStatistics(producer: string, seed: string, rowCount: number): Json {
  return {
    outputStatistics: facet(producer, '1-0-2/OutputStatisticsOutputDatasetFacet', {
      rowCount,
      size: rowCount * numberOf(`${seed} width`, 90, 110),
      fileCount: 1,
    }),
  };
}

/** The run id of a job's run: it depends on the job and the start alone. */
export function runIdOf(job: { readonly service: string; readonly name: string }, startedAt: number): string {
  return nameBasedUuid(`${job.service}/${job.name}/${String(startedAt)}`);
}

function version(producer: string, datasetVersion: string): Json {
  return { version: facet(producer, '1-0-1/DatasetVersionDatasetFacet', { datasetVersion }) };
}

/** Two streaming runs that never end; each six-hour window is a full snapshot. */
export function streamingEvents(calendar: ExampleCalendar): readonly Json[] {
  return [INGEST_CLAIMS, SCORE_CLAIMS].flatMap((job) => {
    const producer = producerOf(job.service);
    const runId = runIdOf(job, calendar.at(0));
    const windows = Array.from({ length: EXAMPLE_DAYS }, (_, day) => SIX_HOURLY.map((hour) => ({ day, hour }))).flat();
    return windows.map(({ day, hour }, index) => {
      // The deployed model changes at six in the morning after each training.
      const trained = TRAINING_DAYS.filter((training) => training < day || (training === day && hour >= 6)).length;
      const model = version(producer, `1.${String(trained)}.0`);
      const rows = numberOf(`${job.name} ${String(index)}`, 180, 260);
      const description: RunDescription = {
        job,
        runId,
        datasetFacets: { [PRODUCTS.complexity.name]: model },
        outputFacets: Object.fromEntries(
          job.outputs.map(({ asset }) => [
            asset.name,
            outputStatistics(producer, `${job.name} ${String(index)}`, rows),
          ]),
        ),
      };
      return runEvent(description, index === 0 ? 'START' : 'RUNNING', calendar.at(day, hour, index === 0 ? 0 : 5));
    });
  });
}

/** Loading claims and calculating payouts, six times a day; both change on the change day. */
export function frequentEvents(calendar: ExampleCalendar): readonly Json[] {
  return Array.from({ length: EXAMPLE_DAYS }, (_, day) => FOUR_HOURLY.map((hour) => ({ day, hour })))
    .flat()
    .flatMap(({ day, hour }) => {
      const after = day >= CHANGE_DAY;
      const landed = after ? { schemas: { [PRODUCTS.claims.name]: CLAIMS_FIELDS_AFTER } } : {};
      return [
        ...batchEvents(calendar, landClaims(after), day, hour, 10, landed),
        ...batchEvents(calendar, calculatePayouts(after), day, hour, 40, {}),
      ];
    });
}

function batchEvents(
  calendar: ExampleCalendar,
  job: JobDefinition,
  day: number,
  hour: number,
  minute: number,
  extra: Partial<RunDescription>,
): readonly Json[] {
  const startedAt = calendar.at(day, hour, minute);
  const runId = runIdOf(job, startedAt);
  const seed = `${job.name} ${String(day)} ${String(hour)}`;
  const producer = producerOf(job.service);
  const run: RunDescription = { job, runId, ...extra };
  const outputFacets = Object.fromEntries(
    job.outputs.map(({ asset }) => [asset.name, outputStatistics(producer, seed, numberOf(seed, 120, 175))]),
  );
  const takes = numberOf(`${seed} minutes`, 3, 12);
  return [
    runEvent(run, 'START', startedAt),
    runEvent({ ...run, outputFacets }, 'COMPLETE', calendar.at(day, hour, minute + takes)),
  ];
}

/** Five trainings; each registers a version of the model. */
export function trainingEvents(calendar: ExampleCalendar): readonly Json[] {
  return TRAINING_DAYS.flatMap((day, index) => {
    const startedAt = calendar.at(day, 4);
    const producer = producerOf(TRAIN_COMPLEXITY.service);
    const run: RunDescription = {
      job: TRAIN_COMPLEXITY,
      runId: runIdOf(TRAIN_COMPLEXITY, startedAt),
      runFacets: {
        executionParameters: facet(producer, '1-0-0/ExecutionParametersRunFacet', {
          parameters: [
            { key: 'learning_rate', value: '0.05' },
            { key: 'trees', value: String(200 + 50 * index) },
          ],
        }),
      },
      datasetFacets: { [PRODUCTS.complexity.name]: version(producer, `1.${String(index + 1)}.0`) },
    };
    return [runEvent(run, 'START', startedAt), runEvent(run, 'COMPLETE', calendar.at(day, 4, 35))];
  });
}

/** Two weekly extracts for the regulator. */
export function weeklyEvents(calendar: ExampleCalendar): readonly Json[] {
  return [6, 13].flatMap((day) => batchEvents(calendar, REGULATOR_EXTRACT, day, 5, 0, {}));
}
