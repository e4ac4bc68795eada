import { datasetId } from '@headwater/domain/identifiers';
import { datasetNode, runEvent, runId } from '../e2e/catalog-events.js';

export const LAKE = 's3://lake';
export const TOPIC = datasetId('kafka://broker:9092', 'orders');
export const FILES = datasetId(LAKE, 'raw/orders/part-0');
export const TABLE = datasetNode('public.orders');
export const REPORT = datasetNode('public.report');
export const MIRROR = datasetId('vault', 'audit.orders');

export const dayOf = (n: number): string => `2026-01-0${String(n)}T00:00:00Z`;
const io = (name: string, namespace?: string) => (namespace === undefined ? name : { name, namespace });
/** Topic to files by one connector, files to table by another, table to report, topic to a mirror that is kept apart. */
export const flowOfOrders = (): readonly object[] => [
  runEvent({
    ...{ job: 'sink', runId: runId(1), at: dayOf(1) },
    inputs: [io('orders', 'kafka://broker:9092')],
    outputs: [io('raw/orders/part-0', LAKE)],
  }),
  runEvent({
    ...{ job: 'load', runId: runId(2), at: dayOf(1) },
    inputs: [io('raw/orders/part-0', LAKE)],
    outputs: [io('public.orders')],
  }),
  runEvent({
    job: 'build',
    runId: runId(3),
    at: dayOf(1),
    inputs: [io('public.orders')],
    outputs: [io('public.report')],
  }),
  runEvent({
    ...{ job: 'score', runId: runId(4), at: dayOf(1) },
    inputs: [io('orders', 'kafka://broker:9092')],
    outputs: [io('public.report')],
  }),
  runEvent({
    ...{ job: 'copy', runId: runId(5), at: dayOf(1) },
    inputs: [io('orders', 'kafka://broker:9092')],
    outputs: [io('audit.orders', 'vault')],
  }),
];
