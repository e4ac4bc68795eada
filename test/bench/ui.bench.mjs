/* global document, Event, HTMLInputElement, MutationObserver, PerformanceObserver, requestAnimationFrame */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { projectRoot } from '../../scripts/build-project.mjs';
import { catalogServer, datasetNode } from './big-catalog.mjs';
import { percentile } from './load.mjs';
import { framesWhileMoving, hugeLineage, manyMounted, plainBoxesMoving } from './page-frames.mjs';
import { memoryOverNavigations } from './page-memory.mjs';

export const name = 'ui';
export const target = 'the pages in a real Chromium, on the catalog of the other benches';

const programs = [process.env['TEST_CHROMIUM'] ?? '', '/usr/bin/chromium', '/usr/bin/chromium-browser'];
const typed = ['customer', 'policy hist', 'claims', 'risk daily', 'premium', 'broker snap'];
const mesh = datasetNode('mesh.source');
const fan = datasetNode('fan.hub');
const window = { viewport: { width: 1360, height: 850 } };

/** JavaScript that a browser loads before the first page shows, as it travels. @returns {number} kB */
function initialScript() {
  const folder = join(projectRoot, 'apps', 'catalog-ui', 'dist', 'app');
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  const files = [...page.matchAll(/(?:src|href)="\/ui\/([^"]+\.js)"/g)].map(([, path]) => join(folder, path ?? ''));
  const sizes = files.map((file) => statSync(existsSync(`${file}.gz`) ? `${file}.gz` : file).size);
  return sizes.reduce((sum, size) => sum + size, 0) / 1000;
}

/**
 * From the last key of a search to its results on the page.
 * @param {import('playwright-core').Page} page
 * @param {string} url
 * @param {number} rounds
 * @returns {Promise<number[]>} milliseconds, sorted
 */
async function searchWhileTyping(page, url, rounds) {
  await page.goto(`${url}/search`, { waitUntil: 'networkidle' });
  // Answers are told by the browser's list of what it loaded, which ends at 250 by itself.
  await page.evaluate(() => performance.setResourceTimingBufferSize(100_000));
  const times = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const text of typed) {
      await page.getByRole('searchbox').fill('');
      await page.waitForTimeout(400);
      await page.keyboard.type(text.slice(0, -1), { delay: 30 });
      await page.waitForTimeout(400);
      times.push(
        await page.evaluate(
          ([last]) =>
            new Promise((resolve) => {
              const input = document.querySelector('input[type=search]');
              const list = document.querySelector('[role=status]:not([aria-label])');
              const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
              const answered = performance.getEntriesByType('resource').length;
              const startedAt = performance.now();
              setValue?.call(input, input.value + last);
              input.dispatchEvent(new Event('input', { bubbles: true }));
              const look = () => {
                // Another answer came, and the frame that shows it was drawn.
                if (list !== null && performance.getEntriesByType('resource').length > answered) {
                  requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - startedAt)));
                } else requestAnimationFrame(look);
              };
              look();
            }),
          [text.slice(-1)],
        ),
      );
    }
  }
  return times.sort((a, b) => a - b);
}

/**
 * A lineage of 500 jobs and their datasets, from the navigation on.
 * @param {import('playwright-core').Page} page
 * @param {string} url
 */
async function bigLineage(page, url) {
  await page.addInitScript(() => {
    globalThis.longest = 0;
    globalThis.mounted = 0;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) globalThis.longest = Math.max(globalThis.longest, duration);
    }).observe({ type: 'longtask', buffered: true });
    new MutationObserver(() => {
      const cards = document.querySelectorAll('[data-node]').length;
      if (cards > 0) globalThis.firstCard ??= performance.now();
      globalThis.mounted = Math.max(globalThis.mounted, cards);
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto(`${url}/lineage?root=${encodeURIComponent(mesh)}&depth=100`, { waitUntil: 'networkidle' });
  await page.waitForTimeout(2_000);
  const loaded = await page.evaluate(() => ({
    firstCard: globalThis.firstCard ?? Number.NaN,
    longest: globalThis.longest,
    mounted: globalThis.mounted,
    said: document.querySelector('main')?.textContent?.match(/[\d,]+ nodes[^.]*?connections?/)?.[0] ?? '',
  }));
  return { ...loaded, frame: await framesWhileMoving(page) };
}

/** @param {import('../../scripts/bench.mjs').BenchContext} context */
export async function run(context) {
  const executablePath = programs.find((program) => program !== '' && existsSync(program));
  if (executablePath === undefined) throw new Error('no Chromium is installed; TEST_CHROMIUM names one elsewhere');
  const catalog = await catalogServer('PostgreSQL', context);
  const { url } = catalog.server();
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage(window);
    const times = await searchWhileTyping(page, url, context.isQuick ? 2 : 6);
    context.say(`search while typing: p50 ${percentile(times, 0.5).toFixed(0)} ms`);
    const graph = await bigLineage(await browser.newPage(window), url);
    context.say(`lineage: ${graph.said}`);
    const wide = { viewport: { width: 3000, height: 2000 } };
    const many = await manyMounted(await browser.newPage(wide), url, fan);
    const floor = await plainBoxesMoving(await browser.newPage(wide), many.mounted);
    const huge = await hugeLineage(await browser.newPage(window), url, fan);
    const memory = await memoryOverNavigations(await browser.newPage(window), url, [20, 100, 200]);
    for (const { code, objects, nodes, listeners } of memory) {
      const heap = `${objects.toFixed(2)} MB of objects, ${code.toFixed(2)} MB of compiled code`;
      context.say(`memory: ${heap}, ${nodes} DOM nodes, ${listeners} listeners`);
    }
    const [, half, last] = memory;
    const grown = (/** @type {'objects' | 'nodes'} */ of) => (last?.[of] ?? Number.NaN) - (half?.[of] ?? Number.NaN);
    return [
      { what: 'JavaScript before the first page, gzip', unit: 'kB', target: 250, measured: initialScript() },
      { what: 'search results after the last key, p95', unit: 'ms', target: 150, measured: percentile(times, 0.95) },
      { what: `first card of ${graph.said}`, unit: 'ms', target: 1500, measured: graph.firstCard },
      { what: 'longest task while it loads', unit: 'ms', target: 200, measured: graph.longest },
      { what: 'cards mounted at most', unit: 'cards', target: 250, measured: graph.mounted },
      { what: 'frames while panning and zooming, p50', unit: 'ms', target: 20, measured: graph.frame },
      { what: `the same with ${many.mounted} cards mounted`, unit: 'ms', target: 40, floor, measured: many.frame },
      { what: 'the same with 5,000 nodes', unit: 'ms', target: 40, measured: huge.frame },
      { what: 'longest task while 5,000 nodes load', unit: 'ms', target: 200, measured: huge.loading },
      { what: '5,000 nodes collapsed by namespace after', unit: 'ms', target: 1000, measured: huge.collapsed },
      {
        what: 'objects kept more after 200 navigations than after 100',
        unit: 'MB',
        target: 1,
        measured: grown('objects'),
      },
      { what: 'DOM nodes kept more after these', unit: 'nodes', target: 50, measured: grown('nodes') },
    ];
  } finally {
    await browser.close();
  }
}
