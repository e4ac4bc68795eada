import type { Micros } from '@headwater/domain/time';
import { PRODUCTS, SOURCES } from './assets.js';
import { contactEvents } from './customer-contacts.js';
import { dbtProjectEvents } from './dbt-project.js';
import { CHANGE_DAY, ExampleCalendar } from './calendar.js';
import { datasetEvent, producerOf } from './event-builder.js';
import { nightlyEvents } from './nightly-runs.js';
import { frequentEvents, streamingEvents, trainingEvents, weeklyEvents } from './scheduled-runs.js';
import { facet } from './facets.js';

/**
 * Two weeks of OpenLineage 2-0-2 events of an insurance company's claims dataflow, ending at the last UTC midnight at or
 * before `now` (microseconds). Deterministic: the same day gives the same events, ids included, in order of eventTime.
 * Five services; streams, tables, files and a model; a failed run, a schema change, an input replaced in the middle; what
 * customers write and call, and what a dbt project declares to be made of it.
 */
export function exampleEvents(now: Micros): Iterable<unknown> {
  const calendar = new ExampleCalendar(now);
  const events = [
    ...sourceEvents(calendar),
    ...contactEvents(calendar),
    ...dbtProjectEvents(calendar),
    ...streamingEvents(calendar),
    ...frequentEvents(calendar),
    ...nightlyEvents(calendar),
    ...trainingEvents(calendar),
    ...weeklyEvents(calendar),
  ];
  return events.sort((a, b) => (String(a.eventTime) < String(b.eventTime) ? -1 : a.eventTime === b.eventTime ? 0 : 1));
}

function sourceEvents(calendar: ExampleCalendar) {
  const { rateTable, ...fromTheStart } = SOURCES;
  const producer = producerOf('catalog-import');
  // The lake's table has a second name in the metastore that Spark reads it by.
  const symlinks = facet(producer, '1-0-1/SymlinksDatasetFacet', {
    identifiers: [{ namespace: 'hive://metastore.insurance.example:9083', name: 'features.claims', type: 'TABLE' }],
  });
  return [
    ...Object.values(fromTheStart).map((asset) => datasetEvent(asset, calendar.at(0))),
    datasetEvent(PRODUCTS.features, calendar.at(0), { symlinks }),
    datasetEvent(rateTable, calendar.at(CHANGE_DAY)),
  ];
}
