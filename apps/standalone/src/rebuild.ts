import { FeedGraph } from '@headwater/application/projection/feed-graph';
import { ProjectLog, type ProjectedLog } from '@headwater/application/projection/project-log';
import { HeadwaterError } from '@headwater/domain/errors';
import type { ProjectionSettings } from '@headwater/domain/projection/batch';
import { DEFAULT_PROJECTION_SETTINGS } from '@headwater/domain/projection/settings-edit';
import type { Logger } from '@headwater/platform/logging/logger';
import { PostgresChangeFeed } from '@headwater/store-postgres/catalog/postgres-change-feed';
import {
  currentGeneration,
  dropGeneration,
  generationSchema,
  listGenerations,
  switchGeneration,
} from '@headwater/store-postgres/migrate/generations';
import { PostgresProjection } from '@headwater/store-postgres/projection/postgres-projection';
import { ProjectorLease } from '@headwater/store-postgres/projection/projector-lease';
import { ENTRIES_A_BATCH, EVENTS_A_BATCH } from '@headwater/worker/projection-worker';
import { dropGraph, graphOf, makeGeneration, prepareGraph, type Stores } from './stores.js';

export interface RebuildOptions {
  /** Called after each batch with events projected so far and the log's length. */
  readonly onProgress: (done: number, total: number) => void;
  /** Called once the new generation is as far as position `at`, and before it goes on. */
  readonly pause?: { readonly at: number; readonly reached: (generation: number) => Promise<void> };
}

/**
 * Builds the next generation of the projection from the whole log, beside the running one, and switches to it when it
 * has caught up. Running processes follow the switch by themselves; the generation before stays until the next rebuild,
 * for queries under way. Returns the new generation's number. CONFLICT while another rebuild runs.
 */
export async function rebuild(stores: Stores, logger: Logger, options: RebuildOptions): Promise<number> {
  const generations = await listGenerations(stores.pool);
  const generation = Math.max(0, ...generations.map(({ number }) => number)) + 1;
  const lease = new ProjectorLease(stores.url, REBUILD_LEASE);
  if (!(await lease.hold())) {
    await lease.release();
    throw new HeadwaterError('CONFLICT', 'another rebuild is running: wait for it to end');
  }
  try {
    for (const { number, state } of generations) {
      if (state === 'CURRENT') continue;
      logger.info({ generation: number }, 'an earlier generation of the projection is removed');
      await dropGraph(stores, number);
      await dropGeneration(stores.pool, number);
    }
    await build(stores, generation, await statedSettings(stores), options);
    await switchGeneration(stores.pool, generation);
    return generation;
  } finally {
    await lease.release();
  }
}

/** No generation has this number: one rebuild at a time. */
const REBUILD_LEASE = 0;

/** The running generation knows what the log has said of settings; the next one follows it from its first event. */
async function statedSettings(stores: Stores): Promise<ProjectionSettings> {
  const current = await currentGeneration(stores.pool);
  if (current === undefined) return DEFAULT_PROJECTION_SETTINGS;
  return new PostgresProjection(stores.pool, generationSchema(current.number)).statedSettings();
}

async function build(
  stores: Stores,
  generation: number,
  settings: ProjectionSettings,
  options: RebuildOptions,
): Promise<void> {
  await makeGeneration(stores, generation);
  // What an attempt before, or a database that is no more, left under this number.
  await dropGraph(stores, generation);
  await prepareGraph(stores, generation);
  const projection = new PostgresProjection(stores.pool, generationSchema(generation));
  await projection.follow(settings);
  await catchUp(stores, generation, options);
  // Stated behind what the running generation had seen, or while this one was built: then it is built once more.
  const stated = await projection.statedSettings();
  if (JSON.stringify(stated) === JSON.stringify(settings)) return;
  await build(stores, generation, stated, options);
}

async function catchUp(stores: Stores, generation: number, { onProgress, pause }: RebuildOptions): Promise<void> {
  const { log } = stores;
  if (pause !== undefined) {
    await projectAll(stores, { generation, log: startOf(log, pause.at), onProgress });
    await pause.reached(generation);
  }
  await projectAll(stores, { generation, log, onProgress });
}

/** The log as it was when `end` was its last position. */
function startOf(log: ProjectedLog, end: number): ProjectedLog {
  return {
    readAfter: (after, limit) =>
      after < end ? log.readAfter(after, Math.min(limit, end - after)) : Promise.resolve([]),
  };
}

interface Projected {
  readonly generation: number;
  readonly log: ProjectedLog;
  readonly onProgress: RebuildOptions['onProgress'];
}

async function projectAll(stores: Stores, { generation, log, onProgress }: Projected): Promise<void> {
  const schema = generationSchema(generation);
  const graph = graphOf(stores, generation);
  const feed = new PostgresChangeFeed({ pool: stores.pool, url: stores.url, schema: () => schema });
  const store = new PostgresProjection(stores.pool, schema);
  const project = new ProjectLog(log, store, await store.settings());
  const feedGraph = new FeedGraph(feed, graph);
  for (;;) {
    const projected = await project.execute(EVENTS_A_BATCH);
    while ((await feedGraph.execute(ENTRIES_A_BATCH)) > 0);
    if (projected === 0) return;
    const { position } = await store.checkpoint();
    onProgress(position, Math.max(position, (await stores.log.head()).position));
  }
}
