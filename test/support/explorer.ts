import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

export const WAREHOUSE = 'postgres%3A%2F%2Fwarehouse.insurance.example%3A5432';
export const CLAIMS = `dataset:${WAREHOUSE}:insurance.claims.claims`;
export const REPORT = `dataset:${WAREHOUSE}:insurance.reporting.daily_claims`;

/** Opens the explorer around a node and waits for its first card. */
export async function openExplorer(
  page: Page,
  url: string,
  root: string,
  view: Readonly<Record<string, string>> = {},
): Promise<void> {
  await page.goto(`${url}/lineage?${new URLSearchParams({ root, ...view }).toString()}`);
  await page
    .locator(view['show'] === 'table' ? 'tbody tr' : '[data-node]')
    .first()
    .waitFor();
  await page.getByRole('status').filter({ hasText: 'loading' }).waitFor({ state: 'detached' });
}

/** The card of a node, or of a group by `group:<key>`. */
export function card(page: Page, id: string): Locator {
  return page.locator(`[data-node="${id}"]`);
}

/** Clicks where a line is: what encloses a bent one is empty in its middle. */
export async function clickLine(page: Page, id: string): Promise<void> {
  const line = page.locator(`[data-id="${id}"] .react-flow__edge-path`);
  await line.waitFor({ state: 'attached' });
  const [x, y] = await page.evaluate<[number, number]>(`(() => {
    const path = document.querySelector('[data-id="${id}"] .react-flow__edge-path');
    const { x, y } = path.getPointAtLength(path.getTotalLength() / 2).matrixTransform(path.getScreenCTM());
    return [x, y];
  })()`);
  await page.mouse.click(x, y);
}

/** Ids of all cards, sorted. */
export function cards(page: Page): Promise<readonly string[]> {
  return page.evaluate<string[]>(
    `[...document.querySelectorAll('[data-node]')].map((card) => card.dataset.node).sort()`,
  );
}

/** Looks again until it is as expected: pages of a busy machine take their time. */
export function soon<T>(look: () => Promise<T>) {
  return expect.poll(look, { timeout: 10_000 });
}

/** How the picture is moved and scaled. */
export function viewport(page: Page): Promise<string> {
  return page.evaluate<string>(`document.querySelector('.react-flow__viewport').style.transform`);
}

/** The card that has the focus. */
export function focusedCard(page: Page): Promise<string | undefined> {
  return page.evaluate<string | undefined>(`document.activeElement?.dataset?.node`);
}

/** A parameter of the page's address. */
export function parameter(page: Page, name: string): string | null {
  return new URL(page.url()).searchParams.get(name);
}

const PRODUCER = 'https://example.com/etl/1.0';
const SCHEMA = 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs';
export const facet = (body: object): object => ({ _producer: PRODUCER, _schemaURL: `${SCHEMA}/Facet`, ...body });

interface RunOfJob {
  readonly job: string;
  readonly run: number;
  readonly at: string;
  readonly state?: 'START' | 'COMPLETE' | 'FAIL';
  readonly inputs?: readonly object[];
  readonly outputs?: readonly object[];
  readonly runFacets?: object;
}

/** One event of a run of a job in the namespace `tests`. */
export function runEvent({
  job,
  run,
  at,
  state = 'COMPLETE',
  inputs = [],
  outputs = [],
  runFacets = {},
}: RunOfJob): object {
  return {
    eventType: state,
    eventTime: at,
    producer: PRODUCER,
    schemaURL: `${SCHEMA}/RunEvent`,
    run: { runId: `0199c000-0000-7000-8000-${String(run).padStart(12, '0')}`, facets: runFacets },
    job: { namespace: 'tests', name: job, facets: {} },
    inputs,
    outputs,
  };
}

/** What a job says of itself without running. */
export function jobEvent(job: string, at: string, inputs: readonly object[], outputs: readonly object[]): object {
  const schemaURL = `${SCHEMA}/JobEvent`;
  return {
    eventTime: at,
    producer: PRODUCER,
    schemaURL,
    job: { namespace: 'tests', name: job, facets: {} },
    inputs,
    outputs,
  };
}

export const dataset = (name: string, facets: object = {}): object => ({ namespace: 'wh', name, facets });

/** Sends events to the running product, one after the other. */
export async function send(
  url: string,
  events: readonly object[],
  headers: Readonly<Record<string, string>> = {},
): Promise<void> {
  for (const event of events) {
    const answer = await fetch(`${url}/api/v1/lineage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(event),
    });
    if (answer.status !== 201) throw new Error(`${String(answer.status)} ${await answer.text()}`);
  }
}
