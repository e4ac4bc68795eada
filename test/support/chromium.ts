import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export interface AbsentBrowser {
  /** Why there is none, for people. */
  readonly absent: string;
}

/**
 * A real Chromium (TEST_CHROMIUM, else the system's). Prints why there is none; throws instead where REQUIRE_STORES
 * names chromium.
 */
export async function chromiumForTests(): Promise<Browser | AbsentBrowser> {
  const program = [process.env['TEST_CHROMIUM'] ?? '', ...PLACES].find((place) => place !== '' && existsSync(place));
  if (program === undefined) {
    const absent = 'no Chromium is installed; TEST_CHROMIUM names one elsewhere';
    if ((process.env['REQUIRE_STORES'] ?? '').split(',').includes('chromium')) {
      throw new Error(`REQUIRE_STORES names chromium, but ${absent}`);
    }
    console.warn(`Tests in a browser are skipped: ${absent}`);
    return { absent };
  }
  // Sandboxes need rights that containers do not give; the pages are our own.
  return chromium.launch({ executablePath: program, args: ['--no-sandbox'] });
}

export const DESKTOP: BrowserContextOptions = { viewport: { width: 1360, height: 850 } };
export const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 844 }, hasTouch: true };

/** A page of a context of its own, and what its console complained of so far. */
export async function openPage(
  browser: Browser,
  options: BrowserContextOptions,
): Promise<{ readonly page: Page; readonly complaints: string[]; readonly close: () => Promise<void> }> {
  const context = await browser.newContext({
    locale: 'en-US',
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return { page, complaints, close: () => context.close() };
}

/** Opens a path and waits until nothing is on its way any more. */
export async function visit(page: Page, url: string): Promise<void> {
  await page.goto(url, { waitUntil: 'networkidle' });
  await page.locator('h1').first().waitFor();
  await page.locator('[role=status][aria-label]').first().waitFor({ state: 'detached' });
}

let axe: string | undefined;

/** What axe-core finds wrong on a page by WCAG 2.2 A and AA, one line each. */
export async function accessibilityFaults(page: Page): Promise<readonly string[]> {
  axe ??= await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  if (!(await page.evaluate<boolean>(`'axe' in window`))) await page.evaluate(axe);
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const { violations } = await page.evaluate<{
    violations: { id: string; help: string; nodes: { html: string; failureSummary?: string }[] }[];
  }>(`axe.run(document, { runOnly: { type: 'tag', values: ${JSON.stringify(tags)} } })`);
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(
      ({ html, failureSummary = '' }) => `${id} (${help}): ${html.slice(0, 160)} ${failureSummary.slice(0, 300)}`,
    ),
  );
}
