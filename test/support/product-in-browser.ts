import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, type TestContext } from 'vitest';
import { chromiumForTests, DESKTOP, openPage } from './chromium.js';
import { send } from './explorer.js';
import { ProductProcess, temporaryDataDir } from './product.js';

type Opened = Awaited<ReturnType<typeof openPage>>;

/** One product on its example, and one browser, for all tests of a file. */
export class ProductInBrowser {
  #browser: Awaited<ReturnType<typeof chromiumForTests>> = { absent: 'it was not started yet' };
  #product: ProductProcess | undefined;
  #desktop: Opened | undefined;

  constructor(events: readonly object[]) {
    let directory: Awaited<ReturnType<typeof temporaryDataDir>>;
    beforeAll(async () => {
      this.#browser = await chromiumForTests();
      directory = await temporaryDataDir();
      this.#product = await ProductProcess.serve({ HEADWATER_DATA_DIR: directory.dataDir }, ['--example']);
      await send(this.url, events);
      await this.#product.caughtUp();
    });
    afterAll(async () => {
      if ('close' in this.#browser) await this.#browser.close();
      await this.#product?.stop();
      await directory.remove();
    });
  }

  get url(): string {
    return this.#product?.url ?? '';
  }

  chromium(context: TestContext): Browser {
    return 'absent' in this.#browser ? context.skip(this.#browser.absent) : this.#browser;
  }

  /**
   * A test in a page of whose console nothing may complain: on a desktop in the one page of all such tests, so that
   * scripts are fetched once, else in one of its own.
   */
  inPage(title: string, body: (page: Page) => Promise<void>, options: BrowserContextOptions = DESKTOP): void {
    test(title, async (context) => {
      const isShared = options === DESKTOP;
      const browser = this.chromium(context);
      const opened = isShared ? (this.#desktop ??= await openPage(browser, options)) : await openPage(browser, options);
      opened.complaints.length = 0;
      await body(opened.page);
      expect(opened.complaints).toEqual([]);
      if (!isShared) await opened.close();
    });
  }
}
