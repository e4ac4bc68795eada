import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, type TestContext } from 'vitest';
import { accessibilityFaults, chromiumForTests, DESKTOP, openPage, PHONE, visit } from '../support/chromium.js';
import { preparedDataDir } from '../support/prepared-data.js';
import { ProductProcess } from '../support/product.js';

const SCRIPT = '<img src=x onerror="document.title=\'taken\'"><script>document.title="taken"</script>';
const NAMES: Readonly<Record<string, string>> = {
  markup: `${SCRIPT}&amp;<b>bold</b>`,
  'right to left': '\u202eevil.\u2067\u05e9\u05dc\u05d5\u05dd-\u0645\u0631\u062d\u0628\u0627',
  'very long': `long_${'x'.repeat(4_091)}`,
  pictures:
    '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}\u200d\u{1f466} \u{1f3f4}\u{e0067}\u{e0062}\u{e007f} \u00e9\u0301\u0301\u0301\u0301',
  'a link that runs': 'javascript:document.title="taken"',
  'a template': '{{constructor.constructor("document.title=1")()}} ${7*7} %00 %2e%2e/',
};
const NAMESPACE = 'javascript://hostile/%0adocument.title="taken"';

const facet = (body: object): object => ({
  _producer: `javascript:document.title='taken'`,
  _schemaURL: 'javascript:document.title="taken"//1-0-0/X.json#/$defs/X',
  ...body,
});

function eventOf(name: string, number: number): object {
  const dataset = { namespace: NAMESPACE, name };
  return {
    eventType: number % 2 === 0 ? 'COMPLETE' : 'FAIL',
    eventTime: new Date(Date.UTC(2026, 0, 1, number)).toISOString(),
    producer: `javascript:document.title='taken'`,
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
    run: {
      runId: `0199a000-0000-7000-8000-${String(number).padStart(12, '0')}`,
      facets: { errorMessage: facet({ message: SCRIPT, programmingLanguage: SCRIPT }) },
    },
    job: {
      namespace: NAMESPACE,
      name: `job ${name}`.slice(0, 4_096),
      facets: {
        documentation: facet({
          description: `# ${SCRIPT}\n[a](javascript:document.title="taken") ![b](https://elsewhere.example/pixel.png) <${NAMESPACE}>`,
        }),
        ownership: facet({ owners: [{ name: `team:${name}`.slice(0, 500), type: SCRIPT }] }),
        sql: facet({ query: `SELECT '${SCRIPT}'` }),
      },
    },
    inputs: [dataset],
    outputs: [
      {
        namespace: NAMESPACE,
        name: `out ${name}`.slice(0, 4_096),
        facets: {
          schema: facet({ fields: [{ name: name.slice(0, 500), type: SCRIPT, description: SCRIPT }] }),
          documentation: facet({ description: `[a](javascript:document.title="taken")` }),
          tags: facet({ tags: [{ key: SCRIPT, value: name.slice(0, 200), source: SCRIPT }] }),
        },
      },
    ],
  };
}

const idOf = (kind: string, name: string): string =>
  `${kind}:${encodeURIComponent(NAMESPACE)}:${encodeURIComponent(name.normalize('NFC'))}`;

describe('whatever producers call things', () => {
  let browser: Awaited<ReturnType<typeof chromiumForTests>>;
  let product: ProductProcess;
  let directory: Awaited<ReturnType<typeof preparedDataDir>>;

  beforeAll(async () => {
    browser = await chromiumForTests();
    directory = await preparedDataDir('nothing');
    product = await ProductProcess.serve({ HEADWATER_DATA_DIR: directory.dataDir });
    for (const [number, name] of Object.values(NAMES).entries()) {
      const answer = await fetch(`${product.url}/api/v1/lineage`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(eventOf(name, number)),
      });
      expect([answer.status, await answer.text()], name).toEqual([201, expect.any(String)]);
    }
    await product.caughtUp();
  });
  afterAll(async () => {
    if ('close' in browser) await browser.close();
    await product.stop();
    await directory.remove();
  });

  const chromium = (context: TestContext): Browser => ('absent' in browser ? context.skip(browser.absent) : browser);

  for (const [what, name] of Object.entries(NAMES)) {
    test(`shows harmless and unbroken: ${what}`, { timeout: 120_000 }, async (context) => {
      for (const window of [DESKTOP, PHONE]) {
        const { page, complaints, close } = await openPage(chromium(context), window);
        const requested: string[] = [];
        page.on('request', (request) => requested.push(request.url()));
        const out = `out ${name}`.slice(0, 4_096);
        const asset = `/asset?id=${encodeURIComponent(idOf('dataset', out))}`;
        for (const path of [
          '/',
          '/operations/runs',
          `/search?q=${encodeURIComponent(name.slice(0, 40))}`,
          asset,
          `${asset}&tab=schema`,
          `/asset?id=${encodeURIComponent(idOf('job', `job ${name}`.slice(0, 4_096)))}`,
          `/lineage?root=${encodeURIComponent(idOf('dataset', out))}`,
        ]) {
          await visit(page, `${product.url}${path}`);
          expect(await page.title(), path).toMatch(/ · Headwater$/);
          const overflow = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
          expect(overflow, `${path.slice(0, 80)} is wider than the window`).toBeLessThanOrEqual(0);
          const links = await page.evaluate<string[]>(
            `[...document.querySelectorAll('a')].map((link) => link.getAttribute('href') ?? '')`,
          );
          expect(links.filter((link) => /^\s*(javascript|data|vbscript):/i.test(link))).toEqual([]);
          expect(await accessibilityFaults(page), path.slice(0, 80)).toEqual([]);
        }
        expect(complaints).toEqual([]);
        expect(
          requested.filter(
            (url) => !url.startsWith(product.url) && !url.startsWith('data:') && !url.startsWith('blob:'),
          ),
        ).toEqual([]);
        await close();
      }
    });
  }
});
