import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exampleEvents } from '@headwater/standalone/example/insurance-claims';

/** One JSON document as its producer wrote it. */
export type Document = string;

const SHARED = process.env['HEADWATER_SHARED'];

/** The folder of OpenLineage material, or undefined where the environment names none that exists. */
export function sharedFolder(): string | undefined {
  if (SHARED === undefined || SHARED === '') return undefined;
  const folder = join(SHARED, 'openlineage');
  return existsSync(folder) ? folder : undefined;
}

/** Every JSON file of a folder, by name. */
export function documentsIn(folder: string): readonly Document[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8'));
}

/** Marquez's template with its times filled: start at the events' nominal time, ends n minutes later. */
export function foodDelivery(folder: string): readonly Document[] {
  const start = Date.UTC(2020, 1, 22, 22);
  const template = readFileSync(join(folder, 'marquez', 'food-delivery.template.json'), 'utf8')
    .replaceAll('{{RUN_START_TIME}}', new Date(start).toISOString())
    .replaceAll(/\{\{RUN_END_TIME_AFTER_(\d+)_MINUTES\}\}/g, (_, minutes: string) =>
      new Date(start + Number(minutes) * 60_000).toISOString(),
    );
  return (JSON.parse(template) as readonly unknown[]).map((event) => JSON.stringify(event));
}

/** The captured dbt events beside their expectation. */
export function dbtEvents(): readonly Document[] {
  const url = new URL('fixtures/dbt/events.json', import.meta.url);
  return (JSON.parse(readFileSync(url, 'utf8')) as readonly unknown[]).map((event) => JSON.stringify(event));
}

export function exampleDocuments(): readonly Document[] {
  return [...exampleEvents(Date.UTC(2025, 2, 17) * 1000)].map((event) => JSON.stringify(event));
}

/** A permutation that depends on the seed alone (mulberry32 and Fisher-Yates). */
export function shuffled<T>(items: readonly T[], seed: number): readonly T[] {
  const result = [...items];
  let state = seed;
  for (let last = result.length - 1; last > 0; last--) {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    const other = ((bits ^ (bits >>> 14)) >>> 0) % (last + 1);
    [result[last], result[other]] = [result[other] as T, result[last] as T];
  }
  return result;
}
