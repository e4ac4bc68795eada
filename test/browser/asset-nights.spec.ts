import { datasetId } from '@headwater/domain/identifiers';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { ASSET_EVENTS, FAILED_LOAD, ORDERS } from '../support/asset-events.js';
import { accessibilityFaults, DESKTOP, visit } from '../support/chromium.js';
import { pagesShowing } from '../support/pages.js';

const LOADER = 'https://shop.example/stock-loader/v1';
const READER = 'https://shop.example/stock-reader/v1';
const STOCK = datasetId('pg://stock.example', 'shop.public.stock');

const facet = (producer: string, schema: string, body: object): object => ({
  _producer: producer,
  _schemaURL: `https://openlineage.io/spec/facets/${schema}.json`,
  ...body,
});
const runIdOf = (kind: number, day: number): string =>
  `0195b000-0000-7000-8000-${String(kind * 100 + day).padStart(12, '0')}`;

/** A night: stock is loaded, which START and end both tell all of, and read; the load of the second night fails. */
function night(day: number): readonly object[] {
  const at = (time: string): string => `2026-04-0${String(day)}T${time}:00Z`;
  const event = (producer: string, eventType: string, time: string, rest: object): object => ({
    ...{ eventType, eventTime: at(time), producer, ...rest },
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
  });
  const stock = { namespace: 'pg://stock.example', name: 'shop.public.stock' };
  const type = (producer: string): object => facet(producer, '1-0-1/DatasetTypeDatasetFacet', { datasetType: 'table' });
  const load = {
    run: { runId: runIdOf(1, day) },
    job: { namespace: 'shop', name: 'load-stock' },
    outputs: [
      {
        ...stock,
        facets: {
          datasetType: type(LOADER),
          dataQualityAssertions: facet(LOADER, '1-0-2/DataQualityAssertionsDatasetFacet', {
            assertions: [{ assertion: 'not_negative', success: day !== 2, column: 'count' }],
          }),
        },
      },
    ],
  };
  const read = {
    run: { runId: runIdOf(2, day) },
    job: { namespace: 'shop', name: 'read-stock' },
    inputs: [
      {
        ...stock,
        facets: { datasetType: type(READER) },
        inputFacets: {
          dataQualityMetrics: facet(READER, '1-0-3/DataQualityMetricsInputDatasetFacet', {
            columnMetrics: { count: { nullCount: day } },
          }),
        },
      },
    ],
  };
  return [
    event(LOADER, 'START', '01:00', load),
    event(LOADER, day === 2 ? 'FAIL' : 'COMPLETE', '01:10', load),
    event(READER, 'COMPLETE', '02:00', read),
  ];
}

const pathTo = (id: string, more = ''): string => `/asset?id=${encodeURIComponent(id)}${more}`;
const section = (page: Page, heading: string) =>
  page.locator('section').filter({ has: page.getByRole('heading', { name: heading, exact: true, level: 2 }) });

describe('the nights of an asset', () => {
  const pages = pagesShowing([...ASSET_EVENTS, ...[1, 2, 3].flatMap(night)]);

  test('count a check once a run, and draw what was measured of its fields', async (context) => {
    const { page, close } = await pages.open(context, pathTo(STOCK, '&tab=quality'), DESKTOP);
    expect(await section(page, 'Checks').getByRole('row').nth(1).innerText()).toMatch(/not_negative[^]*2 of 3 held/);
    const chart = section(page, 'Fields over time').getByRole('img', {
      name: 'count · nullCount over time, 3 values from 1 to 3',
    });
    await chart.locator('path.recharts-line-curve').waitFor();
    const labels = await chart.locator('.recharts-xAxis-tick-labels text').allTextContents();
    expect(labels).toEqual(['Apr 1', 'Apr 2', 'Apr 3']);
    await close();
  });

  test('show a facet once that several producers say the same', async (context) => {
    const { page, close } = await pages.open(context, pathTo(STOCK, '&tab=facets'), DESKTOP);
    const type = page.getByRole('button', { name: /^datasetType / });
    await type.waitFor();
    expect(await type.count()).toBe(1);
    expect(await type.innerText()).toContain('from 2 producers');
    await type.click();
    await page.getByText(/2 producers say the same, the first since Apr 1, 2026, 3:00\sAM:/).waitFor();
    const said = page.getByRole('list', { name: 'Who says the same' }).getByRole('listitem');
    expect(await said.allInnerTexts()).toEqual([
      expect.stringMatching(/stock-reader\/v1, Apr 1, 2026, 4:00\sAM/),
      expect.stringMatching(/stock-loader\/v1, Apr 1, 2026, 3:00\sAM/),
    ]);
    expect(await accessibilityFaults(page)).toEqual([]);
    await close();
  });

  test('lead from a failed run to the one that completed since, or say that none has', async (context) => {
    const { page, close } = await pages.open(context, pathTo(`run:shop:load-stock:${runIdOf(1, 2)}`), DESKTOP);
    await page
      .getByText('A later run of the job completed:')
      .getByRole('link', { name: /^Apr 3, 2026, 3:10\sAM$/ })
      .click();
    await page.getByRole('heading', { level: 1, name: /^Run load-stock · Apr 3/ }).waitFor();
    expect(await page.getByText('A later run of the job completed:').count()).toBe(0);
    await visit(page, pages.address(pathTo(FAILED_LOAD)));
    await page.getByText('No later run of the job has completed.').waitFor();
    await close();
  });

  test('tell who answers for the job of a run, and whom it hits', async (context) => {
    const { page, close } = await pages.open(context, pathTo(FAILED_LOAD), DESKTOP);
    expect(await section(page, 'Owners of its job').innerText()).toContain('Nobody is known to answer for it.');
    const hit = section(page, 'What depends on what its job writes');
    await hit.getByText(/^\d+ datasets and jobs in all, by who answers for them\.$/).waitFor();
    expect(await hit.getByRole('heading', { level: 3 }).allInnerTexts()).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^Nobody/),
        expect.stringMatching(/^shop/),
        expect.stringMatching(/^ada/),
      ]),
    );
    await hit.getByRole('link', { name: 'orders' }).first().waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await hit.getByRole('link', { name: 'Open lineage' }).click();
    await page.waitForURL(/\/lineage\?.*panel=impact/);
    await page.getByRole('heading', { name: 'Impact by owner' }).waitFor();
    await close();
  });

  test('stand under a whole name, which tells two assets of one short name apart', async (context) => {
    const { page, close } = await pages.open(context, pathTo(ORDERS), DESKTOP);
    expect(await page.getByRole('main').innerText()).toMatch(
      /^orders\s[^]*Dataset\s+TABLE\s+shop\.orders\s+hive:\/\/metastore\.shop\.example:9083\s+Overview/,
    );
    await close();
  });
});
