import type { BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, expect, type TestContext } from 'vitest';
import { chromiumForTests, openPage, visit } from './chromium.js';
import { ProductProcess, temporaryDataDir } from './product.js';

type OpenedPage = Awaited<ReturnType<typeof openPage>>;

export interface Pages {
  /** A page of a context of its own at this path; the test is skipped where there is no Chromium. */
  open(context: TestContext, path: string, options: BrowserContextOptions): Promise<OpenedPage>;
  /** The whole address of a path. */
  address(path: string): string;
}

/** For the tests of a suite: the built product with these events in it and no others, and a browser to look at it. */
export function pagesShowing(events: readonly object[]): Pages {
  let browser: Awaited<ReturnType<typeof chromiumForTests>>;
  let product: ProductProcess;
  let directory: Awaited<ReturnType<typeof temporaryDataDir>>;
  const address = (path: string): string => `${product.url}${path}`;

  beforeAll(async () => {
    browser = await chromiumForTests();
    directory = await temporaryDataDir();
    product = await ProductProcess.serve({ HEADWATER_DATA_DIR: directory.dataDir });
    const answer = await fetch(address('/api/v1/lineage/batch'), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(events),
    });
    expect(await answer.json()).toMatchObject({ status: 'success' });
    await product.caughtUp();
  });
  afterAll(async () => {
    if ('close' in browser) await browser.close();
    await product.stop();
    await directory.remove();
  });

  return {
    address,
    open: async (context, path, options) => {
      if ('absent' in browser) return context.skip(browser.absent);
      const opened = await openPage(browser, options);
      await visit(opened.page, address(path));
      return opened;
    },
  };
}
