import { describe, expect } from 'vitest';
import { EVENTS } from '../support/explorer-events.js';
import {
  card,
  cards,
  CLAIMS,
  clickLine,
  dataset,
  focusedCard,
  jobEvent,
  openExplorer,
  parameter,
  REPORT,
  send,
  soon,
  WAREHOUSE,
} from '../support/explorer.js';
import { ExampleInBrowser } from '../support/example-in-browser.js';

const LAND = 'job:claims-intake:land-claims';
const FEATURES = 'job:claims-triage:build-features';
const STAGE = 'job:reporting:stage-open-claims';
const FIELD = `field:${WAREHOUSE}:insurance.reporting.daily_claims:contactable`;
const EMAIL_HASH = `field:${WAREHOUSE}:insurance.policy.customers_masked:email_hash`;
const EMAIL = `field:postgres%3A%2F%2Fcrm.insurance.example%3A5432:crm.public.customers:email`;

describe('the lineage explorer', () => {
  const shown = new ExampleInBrowser(EVENTS);

  shown.inPage('shows one level at first, and more either way by handles that tell how much', async (page) => {
    await openExplorer(page, shown.url, CLAIMS);
    expect(await cards(page)).toEqual([CLAIMS, LAND, FEATURES, STAGE].sort());
    await page.getByRole('button', { name: 'Show 2 more causes of build-features' }).click();
    await soon(() => cards(page)).toHaveLength(6);
    await page.getByRole('button', { name: 'Show 1 more effect of stage-open-claims' }).click();
    await soon(() => cards(page)).toHaveLength(7);
    expect(new URL(page.url()).searchParams.getAll('open')).toEqual([`u:${FEATURES}`, `d:${STAGE}`]);
    await card(page, STAGE).hover();
    await page.getByRole('button', { name: 'Collapse the effects of stage-open-claims' }).click();
    await soon(() => cards(page)).toHaveLength(6);
    await page.getByRole('button', { name: 'Show 1 collapsed effects of stage-open-claims again' }).click();
    await soon(() => cards(page)).toHaveLength(7);
  });

  shown.inPage('collapses by parent job and by namespace, opens a group and puts it back', async (page) => {
    await openExplorer(page, shown.url, CLAIMS, { depth: '100' });
    const all = await cards(page);
    await page.getByLabel('Collapse by').selectOption('Parent job');
    await card(page, 'group:job:orchestrator:claims_nightly').waitFor();
    expect(await cards(page)).not.toContain(FEATURES);
    await card(page, 'group:job:orchestrator:claims_nightly').click();
    await card(page, FEATURES).waitFor();
    await soon(() => cards(page)).toEqual(all);
    await page.getByRole('button', { name: 'Collapse opened groups again' }).click();
    await card(page, 'group:job:orchestrator:claims_nightly').waitFor();
    await page.getByLabel('Collapse by').selectOption('Namespace');
    await page.getByRole('button', { name: 'Show all of it' }).click();
    const spot = await card(page, 'group:claims-triage').boundingBox();
    await card(page, 'group:claims-triage').click();
    await card(page, FEATURES).waitFor();
    expect((await card(page, FEATURES).boundingBox())?.y).toBeCloseTo(spot?.y ?? 0, 0);
    await card(page, FEATURES).click();
    await page.getByRole('button', { name: 'Collapse claims-triage again' }).click();
    await card(page, 'group:claims-triage').waitFor();
  });

  shown.inPage(
    'follows one field: its path is lit, with what is done to the values and where they are masked',
    async (page) => {
      await openExplorer(page, shown.url, REPORT, { granularity: 'FIELD', depth: '100', direction: 'UPSTREAM' });
      await card(page, FIELD).click();
      await page.locator('.react-flow__edge-text').first().waitFor();
      const dim = page.locator('.hw-node[data-dim=true]');
      expect(await dim.count()).toBeGreaterThan(0);
      for (const id of [FIELD, EMAIL_HASH, EMAIL]) {
        expect(await page.locator('.hw-node[data-dim=false]').locator(card(page, id)).count(), id).toBe(1);
      }
      const labels = await page.locator('.react-flow__edge-text').allTextContents();
      expect(labels).toEqual(expect.arrayContaining(['masked', 'join']));
    },
  );

  shown.inPage('folds the fields of a dataset into one card, and finds what is folded', async (page) => {
    await openExplorer(page, shown.url, REPORT, { granularity: 'FIELD', depth: '2' });
    await page.getByLabel('Collapse by').selectOption('Dataset');
    const folded = card(page, `group:${REPORT}`);
    await folded.waitFor();
    expect(await folded.innerText()).toMatch(/daily_claims\s+6 fields/);
    await page.getByRole('combobox', { name: 'Find in the graph' }).fill('contactable');
    await page.getByRole('option', { name: /^contactable/ }).click();
    await card(page, FIELD).waitFor();
    expect(await folded.innerText()).toMatch(/5 fields/);
    await soon(() => focusedCard(page)).toBe(FIELD);
    // The picture may still be moving to what was found: a key is for the card, wherever it is.
    await folded.press('Enter');
    await soon(() => cards(page)).not.toContain(`group:${REPORT}`);
    await page.getByRole('button', { name: 'Collapse daily_claims again' }).click();
    await soon(() => folded.innerText()).toMatch(/6 fields/);
  });

  shown.inPage('shows runs and the versions of a dataset in the order of time', async (page) => {
    await openExplorer(page, shown.url, 'dataset:models:complexity', { granularity: 'RUN', show: 'table' });
    const rows = page.getByRole('table', { name: 'Nodes' }).getByRole('row').filter({ hasText: 'complexity' });
    await rows.locator('time').first().waitFor();
    const made = await rows.locator('time').evaluateAll((all) => all.map((time) => time.getAttribute('datetime')));
    expect(made.length).toBeGreaterThan(4);
    await page.getByText('Graph', { exact: true }).click();
    await page.locator('[data-node^="version:"]').first().waitFor();
    const tops = await page.evaluate<{ when: string; top: number; left: number }[]>(
      `[...document.querySelectorAll('[data-node^="version:models:complexity"]')].map((card) => {
        const { top, left } = card.getBoundingClientRect();
        return { when: card.querySelector('.hw-node-place').textContent, top, left };
      })`,
    );
    const firstLayer = tops.filter(({ left }) => left === tops[0]?.left).sort((a, b) => a.top - b.top);
    expect(firstLayer.length).toBeGreaterThan(1);
    const days = firstLayer.map(({ when }) => Date.parse(when.split(' · ')[0] ?? ''));
    expect(days).toEqual([...days].sort((a, b) => a - b));
  });

  shown.inPage('finds the path between two picks, and says where there is none', async (page) => {
    await openExplorer(page, shown.url, CLAIMS);
    await card(page, LAND).click();
    await page.getByRole('button', { name: 'Path from here' }).click();
    await page.getByText('From land-claims. Now choose').waitFor();
    await card(page, STAGE).click();
    await page.getByRole('button', { name: 'Path to here' }).click();
    await page.getByText('From land-claims to stage-open-claims').waitFor();
    await page.getByRole('heading', { name: 'Path 1, 2 hops' }).waitFor();
    expect(await page.getByRole('region', { name: 'Path' }).getByRole('listitem').allInnerTexts()).toEqual([
      'land-claims',
      'claims',
      'stage-open-claims',
    ]);
    await expect
      .poll(() => page.locator('.hw-node[data-dim=true]').allInnerTexts())
      .toEqual([expect.stringContaining('build-features')]);
    await page.getByRole('button', { name: 'The other way round' }).click();
    await page.getByText('No data gets from the one to the other.').waitFor();
  });

  shown.inPage('tells whom a change concerns, by owner', async (page) => {
    await openExplorer(page, shown.url, CLAIMS);
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Impact by owner' }).click();
    const panel = page.getByRole('region', { name: 'Impact by owner' });
    await panel.getByText('It reaches 16 nodes.').waitFor();
    const owners = await panel.getByRole('heading', { level: 3 }).allInnerTexts();
    // Who inherits it from the domain, producers' owners, stewards by rule, and one by hand; whom most of it concerns first.
    expect(owners).toEqual([
      'Data office',
      'reporting',
      'claims-triage',
      'Ines Ferreira',
      'Noor de Vries',
      'payout',
      'ben',
    ]);
    expect(parameter(page, 'panel')).toBe('impact');
    await panel.getByText('Upstream', { exact: true }).click();
    await panel.getByText(/^It comes from \d+ nodes\.$/).waitFor();
    await panel.getByText('Downstream', { exact: true }).click();
    await panel.getByText('s3://insurance-lake').first().waitFor();
    await panel.getByRole('link', { name: 'payout', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'payout' }).waitFor();
  });

  shown.inPage('filters by kind, namespace and evidence, and tells what is away', async (page) => {
    await openExplorer(page, shown.url, 'dataset:wh:middle', { depth: '100' });
    expect(await cards(page)).toHaveLength(6);
    await page.getByRole('button', { name: 'Filters' }).click();
    await page.getByRole('checkbox', { name: 'Declared' }).check();
    await expect
      .poll(() => cards(page))
      .toEqual(['dataset:wh:%3DHYPERLINK(%22x%22)', 'dataset:wh:middle', 'job:tests:said']);
    await page.getByRole('checkbox', { name: 'Declared' }).uncheck();
    await page.getByRole('checkbox', { name: 'Dataset', exact: true }).check();
    await page.getByText('3 more are filtered away').waitFor();
    await page.getByRole('button', { name: 'Clear all filters' }).click();
    await soon(() => cards(page)).toHaveLength(6);
  });

  shown.inPage(
    'draws what a run showed and what was only said apart, and names the events that prove it',
    async (page) => {
      await openExplorer(page, shown.url, 'dataset:wh:middle', { depth: '100' });
      const dashes = (from: string, to: string): Promise<string> =>
        page
          .locator(`[data-id="data ${from} ${to}"] .react-flow__edge-path`)
          .evaluate((line) => line.getAttribute('style') ?? '');
      expect(await dashes('job:tests:seen', 'dataset:wh:middle')).not.toContain('dasharray');
      expect(await dashes('dataset:wh:middle', 'job:tests:said')).toContain('stroke-dasharray: 8');
      await clickLine(page, 'data dataset:wh:middle job:tests:said');
      const panel = page.getByRole('region', { name: 'Connection' });
      await panel.getByRole('heading', { name: 'Which events prove this' }).waitFor();
      await panel.getByText('https://example.com/etl').first().waitFor();
      await panel
        .getByRole('link', { name: /^Event / })
        .first()
        .click();
      await page.waitForURL(/\/operations\/events\?event=/);
      await page.getByText('"said"').first().waitFor();
    },
  );

  shown.inPage('draws which job triggers which apart from the flow of data, and what proves it', async (page) => {
    const [stage, report] = ['job:reporting:stage-open-claims', 'job:reporting:daily-claims-report'];
    await openExplorer(page, shown.url, REPORT, { depth: '3', direction: 'UPSTREAM' });
    await card(page, stage).waitFor();
    await clickLine(page, `control ${stage} ${report}`);
    const panel = page.getByRole('region', { name: 'Connection' });
    await panel.getByText('Control', { exact: true }).waitFor();
    await panel
      .getByRole('link', { name: /^Event / })
      .first()
      .waitFor();
  });

  shown.inPage('shows on its card how a job’s last run ended and whether a dataset’s checks held', async (page) => {
    await openExplorer(page, shown.url, 'dataset:wh:middle', { depth: '100' });
    await card(page, 'job:tests:checks').getByRole('img', { name: 'Failed' }).waitFor();
    await card(page, 'job:tests:seen').getByRole('img', { name: 'Completed' }).waitFor();
    await card(page, 'dataset:wh:middle').getByRole('img', { name: 'One check failed' }).waitFor();
    await card(page, 'dataset:wh:middle').click();
    await page.getByRole('alert').getByText('not_null · id').waitFor();
  });

  shown.inPage('moves many cards as one layer, which is none when it has come to rest', async (page) => {
    const steps = Array.from({ length: 75 }, (_, at) => ({ strand: at % 15, step: Math.floor(at / 15) }));
    const table = (strand: number, step: number): object => dataset(step === 0 ? 'hub' : `strand_${strand}_${step}`);
    const events = steps.map(({ strand, step }) =>
      jobEvent(
        `strand_${strand}.step_${step}`,
        '2026-11-20T00:00:00Z',
        [table(strand, step)],
        [table(strand, step + 1)],
      ),
    );
    await send(shown.url, events);
    await openExplorer(page, shown.url, 'dataset:wh:hub', { depth: '100', direction: 'DOWNSTREAM' });
    await page.getByRole('button', { name: 'Smaller' }).click();
    await soon(() => cards(page).then(({ length }) => length)).toBeGreaterThan(100);
    const hint = (): Promise<string> =>
      page.evaluate<string>(`getComputedStyle(document.querySelector('.react-flow__viewport')).translate`);
    await soon(hint).toBe('none');
    const browser = await page.context().newCDPSession(page);
    let layers = 0;
    browser.on('LayerTree.layerTreeDidChange', ({ layers: now = [] }) => {
      layers = Math.max(layers, now.filter(({ drawsContent }) => drawsContent).length);
    });
    await browser.send('LayerTree.enable');
    await page.evaluate(`(() => {
      const picture = document.querySelector('.react-flow__viewport');
      globalThis.hints = new Set();
      const look = () => globalThis.hints.add(getComputedStyle(picture).translate);
      new MutationObserver(look).observe(picture.closest('.hw-canvas'), { attributes: true });
    })()`);
    const box = await page.locator('.react-flow').boundingBox();
    await page.mouse.move((box?.x ?? 0) + 300, (box?.y ?? 0) + 20);
    await page.mouse.down();
    for (let step = 1; step <= 10; step += 1) {
      await page.mouse.move((box?.x ?? 0) + 300 + step * 8, (box?.y ?? 0) + 20 + step * 2);
    }
    await page.mouse.up();
    await soon(hint).toBe('none');
    expect(await page.evaluate('globalThis.hints.has("0px 0px 1px")')).toBe(true);
    expect(layers).toBeLessThan(15);
  });
});
