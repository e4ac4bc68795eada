/* global document, addEventListener, PerformanceObserver, requestAnimationFrame */
import { percentile } from './load.mjs';

/** The cap on cards (MOST_MOUNTED) where the bundler has put it: the default of `nodesInSight`. */
const cap = /=250(\)\{for\(let \w+ of\[\.5,0\]\))/g;

/**
 * Drags the picture of a graph and turns the wheel over it.
 * @param {import('playwright-core').Page} page
 * @returns {Promise<number>} milliseconds from frame to frame, p50
 */
export async function framesWhileMoving(page) {
  const box = await page.locator('.react-flow').boundingBox();
  if (box === null) throw new Error('the explorer shows no graph');
  await page.mouse.move(box.x + box.width / 2, box.y + 40);
  await page.evaluate(() => {
    globalThis.frames = [];
    let before = performance.now();
    const next = (/** @type {number} */ at) => {
      globalThis.frames.push(at - before);
      before = at;
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
  await page.mouse.down();
  for (let step = 0; step < 60; step += 1) {
    await page.mouse.move(box.x + box.width / 2 - step * 6, box.y + 40 + step * 3);
  }
  // Back to where it was, so that two moves of one picture can be compared.
  await page.mouse.move(box.x + box.width / 2, box.y + 40);
  await page.mouse.up();
  for (let step = 0; step < 20; step += 1) await page.mouse.wheel(0, step % 2 === 0 ? -200 : 200);
  const frames = await page.evaluate(() => globalThis.frames.slice(2));
  return percentile(
    frames.sort((a, b) => a - b),
    0.5,
  );
}

/**
 * What moving costs without the product: as many plain boxes with a word as one layer, in a window of the same size.
 * @param {import('playwright-core').Page} page
 * @param {number} count
 */
export async function plainBoxesMoving(page, count) {
  await page.setContent(`<style>
    body { margin: 0 } .react-flow { position: relative; height: 100vh; overflow: hidden }
    #picture { transform-origin: 0 0; will-change: transform }
    #picture div { position: absolute; width: 70px; height: 18px; border: 1px solid #ccc; background: #fff; font-size: 4px }
    </style><div class="react-flow"><div id="picture"></div></div>`);
  await page.evaluate((boxes) => {
    const picture = /** @type {HTMLElement} */ (document.getElementById('picture'));
    for (let at = 0; at < boxes; at += 1) {
      const element = document.createElement('div');
      element.textContent = `box ${at}`;
      element.style.left = `${(at % 32) * 92}px`;
      element.style.top = `${Math.floor(at / 32) * 60}px`;
      picture.append(element);
    }
    let [x, y, zoom, isHeld] = [0, 0, 1, false];
    const move = () => (picture.style.transform = `translate(${x}px, ${y}px) scale(${zoom})`);
    addEventListener('mousedown', () => (isHeld = true));
    addEventListener('mouseup', () => (isHeld = false));
    addEventListener('mousemove', ({ movementX, movementY }) => {
      if (!isHeld) return;
      [x, y] = [x + movementX, y + movementY];
      move();
    });
    addEventListener('wheel', ({ deltaY }) => {
      zoom *= deltaY < 0 ? 1.32 : 1 / 1.32;
      move();
    });
  }, count);
  return framesWhileMoving(page);
}

/**
 * A lineage with 1,000 cards as elements: the built page with another cap, in a window large enough to see so many.
 * @param {import('playwright-core').Page} page
 * @param {string} url
 * @param {string} root
 */
export async function manyMounted(page, url, root) {
  let changed = 0;
  await page.route('**/ui/assets/lineage-page-*.js', async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace(cap, (_, rest) => {
      changed += 1;
      return `=1000${rest}`;
    });
    await route.fulfill({ response, body });
  });
  await page.goto(`${url}/lineage?root=${encodeURIComponent(root)}&depth=100&direction=DOWNSTREAM`, {
    waitUntil: 'networkidle',
  });
  if (changed !== 1) throw new Error('the built page does not hold the cap on cards as this bench knows it');
  // Cards come in slices: as many as there are once no more have come for a while.
  const count = async () => {
    for (let before = -1, same = 0; ;) {
      const now = await page.locator('[data-node]').count();
      same = now === before ? same + 1 : 0;
      if (same === 3) return now;
      before = now;
      await page.waitForTimeout(1_000);
    }
  };
  // Out until most cards are in sight; a step further they are too small to be elements at all.
  for (let before = 0, now = await count(); now >= before && now < 1_000;) {
    before = now;
    await page.getByRole('button', { name: 'Smaller' }).click();
    await page.waitForTimeout(1_000);
    now = await count();
    if (now < before) await page.getByRole('button', { name: 'Larger' }).click();
  }
  await page.waitForTimeout(1_000);
  return { mounted: await count(), frame: await framesWhileMoving(page) };
}

/**
 * A lineage of 5,000 nodes: moved while they are all shown, then collapsed by namespace.
 * @param {import('playwright-core').Page} page
 * @param {string} url
 * @param {string} root
 */
export async function hugeLineage(page, url, root) {
  await page.addInitScript(() => {
    globalThis.longest = 0;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) globalThis.longest = Math.max(globalThis.longest, duration);
    }).observe({ type: 'longtask', buffered: true });
  });
  await page.goto(`${url}/lineage?root=${encodeURIComponent(root)}&depth=100&direction=DOWNSTREAM`, {
    waitUntil: 'networkidle',
  });
  await page.getByRole('button', { name: 'Load more' }).waitFor({ timeout: 60_000 });
  await page.waitForTimeout(2_000);
  const loading = await page.evaluate(() => globalThis.longest);
  const frame = await framesWhileMoving(page);
  const startedAt = performance.now();
  await page.getByLabel('Collapse by').selectOption('namespace');
  await page.locator('[data-node^="group:"]').first().waitFor();
  return { frame, loading, collapsed: performance.now() - startedAt };
}
